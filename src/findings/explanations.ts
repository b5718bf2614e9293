/** One section of docs/findings: what `opsx explain` prints about a code. */
export interface Explanation {
  code: string
  /** The heading above it, such as `Delta specs`. */
  family: string
  means: string
  why: string
  fix: string
  /** A file or a terminal session, as it is or as it should be. */
  example: string
}

/** The pages in docs/findings, in the order of a change's life; errors last. */
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
  /^### `(?<code>[^`]+)`\n\n(?<means>.+)\n\n\*\*Why it matters\.\*\* (?<why>.+)\n\n\*\*How to fix it\.\*\* (?<fix>.+)\n\n(?<fence>`{3,})text\n(?<example>[\s\S]*?)\n\k<fence>\n*$/

/** All explanations. `shipped` reads a file of the package; see `Context.shipped`. */
export function readExplanations(shipped: (path: string) => string | undefined): Explanation[] {
  return PAGES.flatMap(page => parseExplanations(shipped(`docs/findings/${page}.md`) ?? ''))
}

/** Throws for a section that lacks one of its parts. */
export function parseExplanations(text: string): Explanation[] {
  let family = ''
  const parts = text.replaceAll('\r\n', '\n').split(/^(?=### `|## [A-Z][a-z, ]+$|# [A-Z][a-z ]+$)/m)
  return parts.flatMap(part => {
    const title = /^##? (.+)/.exec(part)
    if (title) family = title[1] ?? ''
    return part.startsWith('### ') ? [parseSection(part, family)] : []
  })
}

function parseSection(text: string, family: string): Explanation {
  const groups = SECTION.exec(text)?.groups
  if (!groups) throw new Error(`docs/findings: a part is missing in the section ${text.split('\n', 1)[0]}`)
  const { code = '', means = '', why = '', fix = '', example = '' } = groups
  return { code, family, means: plain(means), why: plain(why), fix: plain(fix), example }
}

function plain(prose: string): string {
  return prose.replace(/\\([<*`])/g, '$1')
}
