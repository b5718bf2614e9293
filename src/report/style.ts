/** How text looks on one terminal: symbols, colors and widths. */
export interface Style {
  columns: number
  ok: string
  warn: string
  bad: string
  dot: string
  arrow: string
  back: string
  full: string
  empty: string
  ellipsis: string
  bold(text: string): string
  dim(text: string): string
  green(text: string): string
  yellow(text: string): string
  red(text: string): string
}

export interface StyleOptions {
  columns: number
  color: boolean
  unicode: boolean
}

export function styleOf({ columns, color, unicode }: StyleOptions): Style {
  const paint = (code: number, end: number) => (text: string) =>
    color && text !== '' ? `\u001b[${code}m${text}\u001b[${end}m` : text
  const symbols = unicode
    ? { ok: '✓', warn: '⚠', bad: '✗', dot: '•', arrow: '→', back: '↩', full: '█', empty: '░', ellipsis: '…' }
    : {
        ok: '+',
        warn: '!',
        bad: 'x',
        dot: '*',
        arrow: '->',
        back: '<-',
        full: '#',
        empty: '.',
        ellipsis: '~',
      }
  return {
    columns,
    ...symbols,
    bold: paint(1, 22),
    dim: paint(2, 22),
    green: paint(32, 39),
    yellow: paint(33, 39),
    red: paint(31, 39),
  }
}

/** Text of a repository file or of Linear, safe to print: no control characters, so no escape sequences. */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
}

/** Columns of a string on a terminal, close enough for identifiers and titles. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text.replace(/\u001b\[[0-9;]*m/g, '')) {
    const code = character.codePointAt(0) ?? 0
    width +=
      code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xffdc) || code >= 0x1f300) ? 2 : 1
  }
  return width
}

/** Cuts to a number of columns, with an ellipsis. */
export function cut(text: string, columns: number, style: Style): string {
  if (widthOf(text) <= columns) return text
  let kept = ''
  for (const character of text) {
    if (widthOf(kept + character) > columns - 1) break
    kept += character
  }
  return kept + style.ellipsis
}

export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

export interface Column {
  title: string
  /** Columns it may be cut to when the terminal is narrow; absent for one that is never cut. */
  least?: number
}

/** A table that fits the terminal: the widest column that may shrink gives way first. */
export function formatTable(columns: Column[], rows: string[][], style: Style): string {
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map(row => widthOf(row[index] ?? ''))),
  )
  const total = () => widths.reduce((sum, width) => sum + width + 2, -2)
  while (total() > style.columns) {
    const slack = columns.map((column, index) => (column.least ? (widths[index] ?? 0) - column.least : 0))
    const widest = slack.indexOf(Math.max(...slack))
    if ((slack[widest] ?? 0) <= 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => pad(cut(cell, widths[index] ?? 0, style), widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  const head = style.dim(line(columns.map(column => column.title)))
  return [head, ...rows.map(line)].join('\n')
}

/** A command with its verb and the options and names that follow it. */
const COMMAND =
  /\b(?:opsx (?:(?:figures|task|review|ledger|local|hooks) )?[a-z-]+|git [a-z-]+)(?: (?:--?\w[\w=-]*|<[^>]*>|"[^"]*"|[\w.@]+[/-][\w./@*-]*))*/g

/** Breaks a line at spaces to fit a number of columns; a command or a word that is longer keeps its line. */
export function wrap(text: string, columns: number): string[] {
  const whole = text.replace(COMMAND, command => command.replaceAll(' ', '\u0000'))
  const lines: string[] = []
  let line = ''
  for (const word of whole.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line].map(each => each.replaceAll('\u0000', ' '))
}
