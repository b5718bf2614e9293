import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { OpsxError } from '../errors.ts'
import { formatJson, MACHINE_FORMATS, type MachineFormat, type Report } from '../report/report.ts'
import { type Style, styleOf } from '../report/style.ts'

/** Flags that every command takes, before or after its name (CLI.md "Flags everywhere"). */
export interface GlobalOptions {
  json?: boolean
  format?: string
  output?: string
  cwd?: string
  quiet?: boolean
  verbose?: boolean
  color?: boolean
  offline?: boolean
  strict?: boolean
  yes?: boolean
}

/** Formats that every command has. */
const FORMATS = ['text', 'json']

/** Formats of the commands that have more. */
const OFFERED = new WeakMap<Command, readonly MachineFormat[]>()

/** `formats`: what the command's reports offer besides text and JSON. */
export function addGlobalOptions(command: Command, formats: readonly MachineFormat[] = []): Command {
  OFFERED.set(command, formats)
  return command
    .addOption(new Option('-C, --cwd <dir>', 'work in this directory'))
    .addOption(new Option('--json', 'one JSON document on standard output'))
    .addOption(
      new Option('--format <format>', `output format: ${[...FORMATS, ...formats].join(', ')}`).argParser(
        parseFormat,
      ),
    )
    .addOption(new Option('--output <file>', 'write the output to a file'))
    .addOption(new Option('-q, --quiet', 'only data and errors'))
    .addOption(new Option('-v, --verbose', 'say more'))
    .addOption(new Option('--no-color', 'no colours'))
    .addOption(new Option('--offline', 'do not talk to Linear'))
    .addOption(new Option('--strict', 'be strict: warnings and failed writes end with an error'))
    .addOption(new Option('-y, --yes', 'agree to what would otherwise be refused'))
}

function parseFormat(value: string): string {
  const known = [...FORMATS, ...MACHINE_FORMATS]
  if (known.includes(value)) return value
  throw new InvalidArgumentError(`It is one of ${known.join(', ')}.`)
}

/** Refuses a format that the command does not have, before it does anything. */
function checkFormat(command: Command, format: string | undefined): void {
  const formats = [...FORMATS, ...(OFFERED.get(command) ?? [])]
  if (format === undefined || formats.includes(format)) return
  throw new OpsxError('USAGE', `opsx ${command.name()} has no format ${format}.`, {
    hint: `Its formats are ${formats.join(', ')}.`,
  })
}

/** Options of a command and its parents; what was given nearest to the command wins over defaults, never over a flag. */
function givenOptions(command: Command): Record<string, unknown> {
  const chain: Command[] = []
  for (let at: Command | null = command; at; at = at.parent) chain.unshift(at)
  const given: Record<string, unknown> = {}
  for (const level of chain) {
    for (const [key, value] of Object.entries(level.opts())) {
      const isDefault = level.getOptionValueSource(key) === 'default'
      if (!isDefault || !(key in given)) given[key] = value
    }
  }
  return given
}

/** Runs a command's function and prints its report; `exit` receives the exit code. */
export async function perform<O extends object>(
  context: Context,
  command: Command,
  act: (options: O & GlobalOptions) => Report | Promise<Report>,
): Promise<number> {
  const options = givenOptions(command) as O & GlobalOptions
  checkFormat(command, options.json ? 'json' : options.format)
  if (options.cwd !== undefined) context.enter(options.cwd)
  const report = await act(options)
  const terminal = context.terminal
  terminal.progress('')
  const color = terminal.color && options.color !== false
  const look = { columns: terminal.columns, unicode: terminal.unicode }
  const style = styleOf({ ...look, color: color && !options.output })
  const output = await outputOf(report, options, style)
  const notes = report.notes && !options.quiet ? report.notes(styleOf({ ...look, color })) : ''
  write(context, options, output)
  if (!options.json && options.format === 'github' && report.summary)
    context.appendSummary(await report.summary())
  if (notes !== '' && !options.json) terminal.err(notes)
  return report.exitCode
}

async function outputOf(report: Report, { json, format }: GlobalOptions, style: Style): Promise<string> {
  if (json || format === 'json') return formatJson(report)
  if (format === undefined || format === 'text') return report.text(style)
  const write = report.formats?.[format as MachineFormat]
  if (write) return write()
  throw new OpsxError('USAGE', `There is no format ${format} for this.`, {
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
