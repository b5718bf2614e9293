import fc from 'fast-check'

/** A generated YAML text with the places that tests edit. */
export interface YamlSample {
  text: string
  /** Range of the value of `last_synced_state`, quotes included. */
  state: { start: number; end: number; quote: '' | '"' | "'" }
  log: { style: LogStyle; newestFirst: boolean; entries: number }
}

export type LogStyle = 'flow' | 'tight flow' | 'block' | 'json lines' | 'brackets' | 'json'

const word = fc.constantFrom('Todo', 'In Progress', 'Backlog', 'done later')
const note = fc.constantFrom('T1 bind', 'a: b', 'say "hi"', "it's", 'x # y', 'häß', 'C:\\tmp', '[x], {y}', '')
const comment = fc.constantFrom('', '', '', ' # kept', '     # aligned', '  # a: b "c')
const space = fc.constantFrom(' ', ' ', '  ', '\t')

const untouched = fc.constantFrom<string[]>(
  ['beads_epic: BE-12'],
  ['method:   "D10"   # how'],
  ['session_ids: [\'a\', "b", c]'],
  ['nested:', '    deep: { a: 1,b:   2 }', '    # inside', '    list:', '    - 1', '    -   two'],
  ['folded: >-', '  one', '  two', ''],
  ['wrapped: "one', '  two"'],
  ['date: 2026-01-01'],
  ['empty:'],
  ['anchor: &here x', 'alias: *here'],
  ['# a comment of its own'],
  [''],
  ['"quoted key" : yes'],
)

const quoted = (quote: string, text: string) => (quote === "'" ? text.replaceAll("'", "''") : text)

function entriesOf(log: {
  newestFirst: boolean
  notes: string[]
}): { at: string; outcome: string; note: string }[] {
  const entries = log.notes.map((text, index) => ({
    at: `2026-01-${String(index + 10)}T08:00:00Z`,
    outcome: 'posted',
    note: text,
  }))
  return log.newestFirst ? entries.reverse() : entries
}

function logLines(style: LogStyle, entries: ReturnType<typeof entriesOf>): string[] {
  const flow = ({ at, outcome, note: text }: (typeof entries)[number], pad: string) =>
    `{${pad}at: "${at}", outcome: ${outcome}, note: ${JSON.stringify(text)}${pad}}`
  switch (style) {
    case 'flow':
      return ['attempt_log:', ...entries.map(entry => `  - ${flow(entry, ' ')}`)]
    case 'tight flow':
      return ['attempt_log:', ...entries.map(entry => `-   ${flow(entry, '')} # note`)]
    case 'block':
      return [
        'attempt_log: # log',
        ...entries.flatMap(({ at, outcome, note: text }) => [
          `  - at: '${at}'`,
          `    outcome:  ${outcome}`,
          `    note: ${JSON.stringify(text)}`,
        ]),
      ]
    case 'json lines':
      return [
        'attempt_log: [',
        ...entries.map((entry, i) => `  ${JSON.stringify(entry)}${i < entries.length - 1 ? ',' : ''}`),
        '  ]',
      ]
    default:
      return [`attempt_log: [${entries.map(entry => flow(entry, ' ')).join(', ')}]  # one line`]
  }
}

/** Frontmatter of mixed styles: `last_synced_state`, an `attempt_log` of at least one entry, and unknown keys. */
export const yamlSample: fc.Arbitrary<YamlSample> = fc
  .record({
    before: fc.uniqueArray(untouched, { maxLength: 4 }),
    after: fc.uniqueArray(untouched, { maxLength: 4 }),
    stateFirst: fc.boolean(),
    value: word,
    quote: fc.constantFrom('' as const, '"' as const, "'" as const),
    space,
    comment,
    style: fc.constantFrom<LogStyle>('flow', 'tight flow', 'block', 'json lines', 'brackets', 'json'),
    newestFirst: fc.boolean(),
    notes: fc.array(note, { minLength: 1, maxLength: 4 }),
    newlines: fc.constantFrom('lf', 'crlf', 'mixed'),
    bom: fc.boolean(),
    ended: fc.boolean(),
    indent: fc.constantFrom(undefined, 1, 2, '\t'),
  })
  .map(sample => {
    const log = {
      style: sample.style,
      newestFirst: sample.newestFirst && sample.notes.length > 1,
      entries: sample.notes.length,
    }
    const written = sample.style === 'json' ? jsonText(sample) : linesText(sample)
    const bom = sample.bom ? '\ufeff' : ''
    const text = bom + written
    const start = text.indexOf('\u0001')
    const end = text.indexOf('\u0002') - 1
    const quote = sample.style === 'json' ? '"' : sample.quote
    return { text: text.replace('\u0001', '').replace('\u0002', ''), state: { start, end, quote }, log }
  })

type Raw = {
  before: string[][]
  after: string[][]
  stateFirst: boolean
  value: string
  quote: string
  space: string
  comment: string
  style: LogStyle
  newestFirst: boolean
  notes: string[]
  newlines: string
  ended: boolean
  indent: string | number | undefined
}

function linesText(raw: Raw): string {
  const value = `\u0001${raw.quote}${quoted(raw.quote, raw.value)}${raw.quote}\u0002`
  const state = `last_synced_state:${raw.space}${value}${raw.comment}`
  const log = logLines(raw.style, entriesOf(raw))
  const seen = new Set<string>()
  const fresh = (group: string[]) => {
    const key = group[0] ?? ''
    return key === '' || key.startsWith('#') || !seen.has(key) ? Boolean(seen.add(key)) : false
  }
  const before = raw.before.filter(fresh).flat()
  const after = raw.after.filter(fresh).flat()
  const middle = raw.stateFirst ? [state, ...log] : [...log, state]
  const lines = [...before, ...middle, ...after]
  if (lines.at(-1) === '') lines.push('last: 1')
  const newlineOf = (index: number) =>
    raw.newlines === 'lf' || (raw.newlines === 'mixed' && index % 3 === 1) ? '\n' : '\r\n'
  return lines
    .map((line, index) => line + (index === lines.length - 1 && !raw.ended ? '' : newlineOf(index)))
    .join('')
}

function jsonText(raw: Raw): string {
  const data = raw.stateFirst
    ? { last_synced_state: raw.value, zzz: [1, { a: null }], attempt_log: entriesOf(raw) }
    : { attempt_log: entriesOf(raw), last_synced_state: raw.value, zzz: 'x' }
  const json = JSON.stringify(data, null, raw.indent === '\t' ? 3 : raw.indent)
  return json.replace(/("last_synced_state": ?)("[^"]*")/, '$1\u0001$2\u0002') + (raw.ended ? '\n' : '')
}

/** Strings that readers of YAML could take for something else, break on, or fold. */
export const awkwardString: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      'yes',
      'No',
      'null',
      '~',
      'true',
      '0123456',
      '0o14',
      '0x1F',
      '1e3',
      '.5',
      '12:30',
      '1_000',
      '-',
      '- a',
    ],
    ...[
      '2026-01-01',
      '2026-01-01T00:00:00Z',
      'a: b',
      'a #b',
      '#a',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%a',
      '@a',
      '`a`',
      '---',
    ],
    ...[
      '...',
      '{a}',
      '[a]',
      'a, b',
      '"q"',
      "'q'",
      '\\',
      'a\\nb',
      'a\nb',
      'a\r\nb',
      '\t',
      '\0',
      '\x7f',
      '\x85',
      '\u2028',
    ],
    ...[
      '\ufeff',
      '\ud800',
      '😀',
      'é',
      'a ',
      ' a',
      '<<',
      '=',
      '.inf',
      '.nan',
      '+1',
      '5c2059d671db',
      '12345678e901',
      ':a',
    ],
    ...[
      'a:',
      'https://linear.app/x',
      'In Progress',
      'Todo->In Progress',
      '→',
      'sha256:ab12',
      '?',
      '? a',
      'NO',
      'y',
      'on',
    ],
  ),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
)
