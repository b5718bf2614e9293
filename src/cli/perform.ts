import type { Context } from '../adapters/context.ts'
import type { GlobalOptions } from '../commands/verb.ts'
import { OpsxError } from '../errors.ts'
import { formatJson, type MachineFormat, type Report } from '../report/report.ts'
import { safeOutput } from '../report/safe-output.ts'
import { type Style, styleOf } from '../report/style.ts'

/** Formats that every command has. */
export const FORMATS = ['text', 'json']

export interface Call<O> {
  verb: string
  /** Formats besides text and JSON. */
  formats: readonly MachineFormat[]
  options: O & GlobalOptions
}

/** Runs a command's function and prints its report; resolves to the exit code. Throws USAGE for an unknown format. */
export async function performWith<O extends object>(
  context: Context,
  { verb, formats, options }: Call<O>,
  act: (options: O & GlobalOptions) => Report | Promise<Report>,
): Promise<number> {
  checkFormat(verb, [...FORMATS, ...formats], options.json ? 'json' : options.format)
  if (options.cwd !== undefined) context.enter(options.cwd)
  const report = await act(options)
  const terminal = context.terminal
  terminal.progress('')
  const color = terminal.color && options.color !== false
  const look = { columns: terminal.columns, unicode: terminal.unicode }
  const style = styleOf({ ...look, color: color && !options.output })
  const output = await outputOf(report, options, style)
  const notes = report.notes && !options.quiet ? report.notes(styleOf({ ...look, color })) : ''
  write(context, options, safeOutput(output, options.json ? 'json' : (options.format ?? 'text')))
  if (!options.json && options.format === 'github' && report.summary)
    context.appendSummary(await report.summary())
  if (notes !== '' && !options.json) terminal.err(safeOutput(notes, 'text'))
  return report.exitCode
}

/** Throws before the command does anything. */
function checkFormat(verb: string, formats: string[], format: string | undefined): void {
  if (format === undefined || formats.includes(format)) return
  throw new OpsxError('USAGE', `opsx ${verb} has no format ${format}.`, {
    hint: `Its formats are ${formats.join(', ')}.`,
  })
}

async function outputOf(report: Report, { json, format }: GlobalOptions, style: Style): Promise<string> {
  if (json || format === 'json') return formatJson(report)
  if (format === undefined || format === 'text') return report.text(style)
  const write = report.formats?.[format as MachineFormat]
  if (write) return write()
  throw new OpsxError('USAGE', `This output has no format ${format}.`, {
    hint: `Its formats are ${[...FORMATS, ...Object.keys(report.formats ?? {})].join(', ')}.`,
  })
}

function write(context: Context, { output: file }: GlobalOptions, text: string): void {
  if (file === undefined) {
    context.terminal.out(text)
    return
  }
  context.writeOutput(file, text)
}
