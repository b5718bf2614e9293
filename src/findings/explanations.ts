/** One section of docs/findings, which `opsx explain` prints. */
export interface Explanation {
  code: string
  /** The heading above it, such as `Delta specs`. */
  family: string
  means: string
  why: string
  fix: string
  /** Part of a file or of a terminal session. */
  example: string
}

/** The pages in docs/findings, in the order in which a change meets them; errors last. */
const PAGES = [
  'binding',
  'change',
  'proposal',
  'delta',
  'spec',
  'artifact',
  'tasks',
  'verification',
  'archive',
  'mirror',
  'figures',
  'ledger',
  'registry',
  'board',
  'sync',
  'doctor',
  'errors',
]

const SECTION =
  /^### `(?<code>[^`]+)`\n\n(?<means>.+)\n\n\*\*Why it matters\.\*\* (?<why>.+)\n\n\*\*How to fix it\.\*\* (?<fix>.+)\n\n(?<fence>`{3,})text\n(?<example>[\s\S]*?)\n\k<fence>\n(?<rest>[\s\S]*)$/

/** All explanations. `shipped` reads a file of the package; see `Context.shipped`. */
export function readExplanations(shipped: (path: string) => string | undefined): Explanation[] {
  return PAGES.flatMap(page => parseExplanations(shipped(`docs/findings/${page}.md`) ?? ''))
}

/** Throws when a section lacks one of its parts. */
export function parseExplanations(text: string): Explanation[] {
  const [intro = '', ...sections] = text.replaceAll('\r\n', '\n').split(/^(?=### `[^`]+`$)/m)
  let family = lastHeading(intro)
  return sections.map(section => {
    const groups = SECTION.exec(section)?.groups
    if (!groups) throw new Error(`docs/findings: a part is missing in ${section.split('\n', 1)[0]}`)
    const { code = '', means = '', why = '', fix = '', example = '', rest = '' } = groups
    const parts = { means: plain(means), why: plain(why), fix: plain(fix), example }
    const explanation = { code, family: family ?? '', ...parts }
    family = lastHeading(rest) ?? family
    return explanation
  })
}

function lastHeading(text: string): string | undefined {
  return [...text.matchAll(/^##? (.+)$/gm)].at(-1)?.[1]
}

function plain(prose: string): string {
  return prose.replace(/\\([<*`])/g, '$1')
}
