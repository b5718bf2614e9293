import { printable, type Style, wrap } from '../style.ts'

/** A file out of which markers were taken, or could not be. */
export interface ReportedRepair {
  file: string
  /** Null for a file that stays as it is. */
  text: string | null
  written: boolean
  conflicts: string[]
  body: boolean
  stale: string[]
}

/** Keys of `opsx/ledger-lint@1` with `--fix` (FORMATS.md). */
export function repairsDocument(repairs: ReportedRepair[]): Record<string, unknown> {
  return {
    repairs: repairs.map(({ file, text, conflicts, body, stale }) => {
      return { file, done: text !== null, conflicts, body, stale }
    }),
    writes: repairs.filter(({ written }) => written).map(({ file }) => file),
  }
}

/** What was mended, what is left to a person, and what comes next. */
export function formatRepairs(repairs: ReportedRepair[], style: Style): string {
  const lines = repairs.map(({ file, text, conflicts, body }) => {
    if (text === null)
      return `${style.red(style.bad)} ${printable(file)} cannot be mended, and stays as it is`
    const left = [...conflicts.map(printable), ...(body ? ['its text'] : [])].join(', ')
    if (left === '') return `${style.green(style.ok)} ${printable(file)}: both sides are in it`
    return `${style.yellow(style.warn)} ${printable(file)}: left to you, between markers: ${left}`
  })
  const whole = repairs.filter(
    ({ text, conflicts, body }) => text !== null && conflicts.length === 0 && !body,
  )
  const files = whole.map(({ file }) => printable(file))
  if (files.length > 0)
    lines.push(...wrap(`${style.arrow} Look at it, then git add ${files.join(' ')}`, style.columns))
  const stale = repairs.flatMap(repair => repair.stale).map(printable)
  if (stale.length > 0)
    lines.push(...wrap(`${style.arrow} opsx figures measure ${stale.join(' ')}`, style.columns))
  return lines.map(line => `${line}\n`).join('')
}
