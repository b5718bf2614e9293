/** A main spec and a delta for it, valid or broken in one of the ways that authors break them. */
export interface GeneratedCase {
  /** Null: the capability has no main spec yet. */
  main: string | null
  delta: string
  metadata: string | null
  /** A file beside the delta that no reader looks at. */
  stray: { path: string; text: string } | null
}

export type Random = () => number

/** mulberry32: the same cases for the same seed, everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const NAMES = [
  'Sign in',
  'Lock after failures',
  'Caf\u00e9 menu',
  'Use `cache`',
  'C# support',
  'Export',
  'Quiet hours',
]
const SCENARIOS = ['Right password', 'Wrong password', 'R\u00e9sum\u00e9 upload', 'Empty list', 'Night']
const STATEMENTS = [
  'The system SHALL answer within the limit it was given.',
  'Users MUST be asked once,\nand never again.',
  'The list SHALL hold:\n\n- names\n- dates',
  '**Priority**: high\n\nThe door SHALL stay shut.',
]
const ODD_STATEMENTS = [
  '',
  'The system answers within the limit.',
  '**Constraint**: it MUST hold.',
  '<!-- the system SHALL be written later -->',
  '<!-- note --> The system SHALL go on.',
  '    The system SHALL be indented.',
  '```\nThe system SHALL be code.\n```',
  '```x``` SHALL be printed as it is.',
  '~~~\nopen fence SHALL stay open',
  '- a list\n  ```\n  code\n  ```\n\nIt SHALL go on.',
  '- ```\n  code\n  ```\n\nIt SHALL go on.',
  '    ```\n    code SHALL be here\n    ```',
  '> quoted text SHALL stay.',
  '| a | b |\n|---|---|\n| SHALL | 2 |',
]
const STEPS = [
  '- **WHEN** it happens\n- **THEN** it is seen',
  '- **GIVEN** a list\n- **WHEN** asked\n- **THEN** shown',
]
const ODD_STEPS = [
  '',
  '<!-- steps follow -->',
  '```\n### Requirement: In code\n```',
  '- **WHEN** one\n\nA note below the steps.',
  '##### Deeper\n\n- **WHEN** deep',
  '| when | then |\n|---|---|\n| a | b |',
]
const ODD_LINES = [
  '### Notes',
  '### Requirement:',
  ' ### Requirement: Indented',
  '###Requirement: Tight',
  '### requirement: lower case',
  '# Heading one',
  '## Notes',
  '##### Deep',
  '<!--',
  '-->',
  '<!-- ### Requirement: Hidden -->',
  '<!--\n### Requirement: Hidden\n\nIt SHALL hide.\n-->',
  '```',
  '~~~',
  '    ```',
  '```js',
  '## ADDED Requirements',
  '## ADDED  Requirements',
  '## REMOVED Requirements:',
  '## modified requirements',
  '## Purpose',
  '- FROM: `### Requirement: Export`',
  'TO: ### Requirement: Import',
  '- `### Requirement: Export`',
  'Loose text.',
  'Setext\n------',
]

/** One case of a seed. */
export function generatedCase(seed: number): GeneratedCase {
  const random = randomOf(seed)
  const names = shuffled(random, NAMES).slice(0, 1 + Math.floor(random() * 4))
  const odd = random() < 0.5
  const main = random() < 0.12 ? null : mainSpec(random, { names, odd: odd && random() < 0.5 })
  const delta = deltaSpec(random, { names, odd })
  const eol = (text: string) => (random() < 0.15 ? text.replaceAll('\n', '\r\n') : text)
  return {
    main: main === null ? null : eol(main),
    delta: eol(delta),
    metadata: pick(random, [
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      'schema: spec-driven\nskip_specs: true\n',
      'skip_specs: yes\n',
    ]),
    stray:
      random() < 0.06 ? { path: pick(random, ['delta.md', '../spec.md', '../other.md']), text: delta } : null,
  }
}

function mainSpec(random: Random, { names, odd }: { names: string[]; odd: boolean }): string {
  const purpose = pick(random, [
    'It decides who may come in, and it remembers who has been here.',
    'Short.',
    'TBD',
  ])
  const blocks = names.map(name => requirement(random, { name, odd: odd && random() < 0.3 }))
  let text = `# access Specification\n\n## Purpose\n\n${purpose}\n\n## Requirements\n\n${blocks.join('\n')}`
  if (random() < 0.1) text += '\n## Notes\n\nKept below.\n'
  if (odd && random() < 0.4) text = withLine(random, text)
  if (odd && random() < 0.1) text = text.replace(/## Purpose\n\n.*\n/, '')
  if (odd && random() < 0.1) text = text.replace('## Requirements\n', '')
  return random() < 0.05 ? `\ufeff${text}` : text
}

function deltaSpec(random: Random, { names, odd }: { names: string[]; odd: boolean }): string {
  const fresh = NAMES.filter(name => !names.includes(name))
  const parts: string[] = []
  const respelt = (name: string) => (odd && random() < 0.15 ? misspelt(random, name) : name)
  const some = (from: string[], wrong: string[]) =>
    shuffled(random, odd && random() < 0.2 ? wrong : from).slice(0, 1 + Math.floor(random() * 2))
  const section = (title: string, body: string) =>
    parts.push(
      `## ${odd && random() < 0.06 ? title.toLowerCase() : title} Requirements${odd && random() < 0.04 ? ':' : ''}\n\n${body}`,
    )
  if (random() < 0.25) {
    const pairs = some(names, fresh).map(name =>
      renaming(random, { from: respelt(name), to: pick(random, [...fresh, 'New name', name]), odd }),
    )
    section('RENAMED', pairs.join(''))
  }
  if (random() < 0.3) {
    const removed = some(names, fresh).map(name =>
      random() < 0.5
        ? `- \`### Requirement: ${respelt(name)}\`\n`
        : `### Requirement: ${respelt(name)}\n\n**Reason**: not used\n`,
    )
    section('REMOVED', removed.join('\n'))
  }
  if (random() < 0.5) {
    const modified = some(names, fresh).map(name =>
      requirement(random, { name: respelt(name), odd: odd && random() < 0.3 }),
    )
    section('MODIFIED', modified.join('\n'))
  }
  if (random() < 0.6) {
    const added = some([...fresh, 'New name'], names).map(name =>
      requirement(random, { name: respelt(name), odd: odd && random() < 0.3 }),
    )
    section('ADDED', added.join('\n'))
  }
  let text = shuffled(random, parts).join('\n')
  if (random() < 0.15)
    text = `## Purpose\n\nIt is new, and it says so in more than fifty characters.\n\n${text}`
  for (let times = 0; odd && times < 2; times++) if (random() < 0.3) text = withLine(random, text)
  return text
}

function requirement(random: Random, { name, odd }: { name: string; odd: boolean }): string {
  const statement = pick(random, odd && random() < 0.6 ? ODD_STATEMENTS : STATEMENTS)
  const count = odd && random() < 0.3 ? 0 : 1 + Math.floor(random() * 2)
  const scenarios = SCENARIOS.slice(0, count).map(each => {
    const title = odd && random() < 0.2 ? misspelt(random, each) : each
    const steps = pick(random, odd && random() < 0.3 ? ODD_STEPS : STEPS)
    return `#### ${random() < 0.9 ? 'Scenario: ' : ''}${title}\n\n${steps}\n`
  })
  return `### Requirement: ${name}${random() < 0.05 ? ' ###' : ''}\n\n${statement}\n\n${scenarios.join('\n')}`
}

function renaming(random: Random, { from, to, odd }: { from: string; to: string; odd: boolean }): string {
  const bullet = pick(random, ['- ', '* ', ''])
  const tick = random() < 0.5 ? '`' : ''
  const lines = [
    `${bullet}FROM: ${tick}### Requirement: ${from}${tick}`,
    `${bullet}TO: ${tick}### Requirement: ${to}${tick}`,
  ]
  if (odd && random() < 0.15) lines.splice(random() < 0.5 ? 0 : 1, 1)
  return `${lines.join('\n')}\n\n`
}

function misspelt(random: Random, name: string): string {
  return pick(random, [
    name.toUpperCase(),
    name.normalize('NFD'),
    name.replace(' ', '  '),
    `${name}s`,
    name.slice(1),
  ])
}

function withLine(random: Random, text: string): string {
  const lines = text.split('\n')
  lines.splice(Math.floor(random() * (lines.length + 1)), 0, pick(random, ODD_LINES))
  return lines.join('\n')
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map(item => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(each => each.item)
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T
}
