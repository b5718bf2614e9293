import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { GlobalOptions } from '../commands/verb.ts'
import { MACHINE_FORMATS, type MachineFormat, type Report } from '../report/report.ts'
import type { RootsRequest } from './all-roots.ts'
import { FORMATS, performWith } from './perform.ts'

/** Formats of a command besides text and JSON. */
const OFFERED = new WeakMap<Command, readonly MachineFormat[]>()

/** Heading of these options in a help. */
export const EVERYWHERE = 'Options of every command:'

/** `formats`: those of the command besides text and JSON. */
export function addGlobalOptions(command: Command, formats: readonly MachineFormat[] = []): Command {
  OFFERED.set(command, formats)
  const options = [
    new Option('-C, --cwd <dir>', 'work in this directory'),
    new Option('--json', 'one JSON document on standard output'),
    new Option('--format <format>', `output format: ${[...FORMATS, ...formats].join(', ')}`).argParser(
      parseFormat,
    ),
    new Option('--output <file>', 'write the output to a file'),
    new Option('-q, --quiet', 'only data and errors'),
    new Option('-v, --verbose', 'more detail'),
    new Option('--no-color', 'no colors'),
    new Option('--offline', 'do not contact Linear'),
    new Option('--strict', 'exit with an error on warnings and failed writes'),
    new Option('-y, --yes', 'confirm what would otherwise be refused'),
  ]
  for (const option of options) command.addOption(option.helpGroup(EVERYWHERE))
  return command
}

function parseFormat(value: string): string {
  const known = [...FORMATS, ...MACHINE_FORMATS]
  if (known.includes(value)) return value
  throw new InvalidArgumentError(`Use one of ${known.join(', ')}.`)
}

/** Options of a command and its parents. A flag that was given is never replaced by a default. */
export function givenOptions(command: Command): Record<string, unknown> {
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
export function perform<O extends object>(
  context: Context,
  command: Command,
  act: (options: O & GlobalOptions) => Report | Promise<Report>,
): Promise<number> {
  const options = givenOptions(command) as O & GlobalOptions
  const call = { verb: command.name(), formats: OFFERED.get(command) ?? [], options }
  if (options.allRoots) return performInRoots(context, { call, names: command.args }, act)
  return performWith(context, call, act)
}

async function performInRoots<O extends object>(
  context: Context,
  request: RootsRequest<O>,
  act: (options: O & GlobalOptions) => Report | Promise<Report>,
): Promise<number> {
  const { performAllRoots } = await import('./all-roots.ts')
  return performAllRoots(context, request, act)
}
