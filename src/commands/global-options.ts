import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { formatJson, type Report } from '../report/report.ts'
import { styleOf } from '../report/style.ts'

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

/** Formats that can be asked for; others arrive with the reports that need them. */
const FORMATS = ['text', 'json']

export function addGlobalOptions(command: Command): Command {
  return command
    .addOption(new Option('-C, --cwd <dir>', 'work in this directory'))
    .addOption(new Option('--json', 'one JSON document on standard output'))
    .addOption(new Option('--format <format>', `output format: ${FORMATS.join(', ')}`).argParser(parseFormat))
    .addOption(new Option('--output <file>', 'write the output to a file'))
    .addOption(new Option('-q, --quiet', 'only data and errors'))
    .addOption(new Option('-v, --verbose', 'say more'))
    .addOption(new Option('--no-color', 'no colours'))
    .addOption(new Option('--offline', 'do not talk to Linear'))
    .addOption(new Option('--strict', 'be strict: warnings and failed writes end with an error'))
    .addOption(new Option('-y, --yes', 'ask nothing'))
}

function parseFormat(value: string): string {
  if (FORMATS.includes(value)) return value
  throw new InvalidArgumentError(`It is one of ${FORMATS.join(', ')}.`)
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
  if (options.cwd !== undefined) context.enter(options.cwd)
  const report = await act(options)
  const terminal = context.terminal
  terminal.progress('')
  const color = terminal.color && options.color !== false
  const look = { columns: terminal.columns, unicode: terminal.unicode }
  const style = styleOf({ ...look, color: color && !options.output })
  const output = options.json || options.format === 'json' ? formatJson(report) : report.text(style)
  const notes = report.notes && !options.quiet ? report.notes(styleOf({ ...look, color })) : ''
  write(context, options, output)
  if (notes !== '' && !options.json) terminal.err(notes)
  return report.exitCode
}

function write(context: Context, { output: file }: GlobalOptions, text: string): void {
  if (file === undefined) {
    context.terminal.out(text)
    return
  }
  context.writeOutput(file, text)
}
