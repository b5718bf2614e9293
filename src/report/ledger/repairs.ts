import { printable, type Style, wrap } from '../style.ts'

/** A file with conflict markers, and the result of the repair. */
export interface ReportedRepair {
  file: string
  /** Null for a file that is not changed. */
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

/** The fixed files, the conflicts that are left, and the next commands. */
export function formatRepairs(repairs: ReportedRepair[], style: Style): string {
  const lines = repairs.map(({ file, text, conflicts, body }) => {
    if (text === null) return `${style.red(style.bad)} ${printable(file)} cannot be fixed and is unchanged`
    const left = [...conflicts.map(printable), ...(body ? ['its text'] : [])].join(', ')
    if (left === '')
      return `${style.green(style.ok)} ${printable(file)}: fixed, with the changes of both sides`
    return `${style.yellow(style.warn)} ${printable(file)}: resolve by hand, between the markers: ${left}`
  })
  const whole = repairs.filter(
    ({ text, conflicts, body }) => text !== null && conflicts.length === 0 && !body,
  )
  const files = whole.map(({ file }) => printable(file))
  if (files.length > 0)
    lines.push(...wrap(`${style.arrow} Review, then git add ${files.join(' ')}`, style.columns))
  const stale = repairs.flatMap(repair => repair.stale).map(printable)
  if (stale.length > 0)
    lines.push(...wrap(`${style.arrow} opsx figures measure ${stale.join(' ')}`, style.columns))
  return lines.map(line => `${line}\n`).join('')
}
