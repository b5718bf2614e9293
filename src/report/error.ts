import type { OpsxError } from '../errors.ts'
import { printable, type Style } from './style.ts'

/** One sentence and the way out, for standard error. */
export function formatError(error: OpsxError, style: Style): string {
  const lines = [`${style.red(style.bad)} ${printable(error.message)}`]
  if (error.hint) lines.push(`  ${style.arrow} ${printable(error.hint)}`)
  lines.push(style.dim(`  ${error.code}`))
  return `${lines.join('\n')}\n`
}

/** A bug keeps its stack: it is what a report needs. */
export function formatBug(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `opsx met a bug in itself (exit code 70). Please report it with these lines:\n${stack}\n`
}
