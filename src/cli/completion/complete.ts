import type { Command, Option } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { OpsxError } from '../../errors.ts'
import { printable } from '../../report/style.ts'
import { createProgram } from '../program.ts'
import { argumentAt, type CursorPlace, parseLine } from './parse-line.ts'
import {
  type Candidate,
  changeNames,
  figureNames,
  findingCodes,
  projectSlugs,
  schemaNames,
  taskIds,
} from './values.ts'

/** Words without characters that a shell expands; the name of a directory may have any. */
const HARMLESS = /^[\p{L}\p{N}_-][\p{L}\p{N}_.,@+/-]*$/u

/**
 * The candidates at the cursor, for `opsx __complete`; empty where the user may mean a file. Uses no network.
 */
export async function complete(context: Context, words: string[]): Promise<Candidate[]> {
  const program = await createProgram(context, ['node', 'opsx', ...words.slice(0, -1)], () => {})
  const place = parseLine(program, words)
  try {
    if (place.cwd !== null) context.enter(place.cwd)
    const found = await candidatesAt(context, place)
    return found.filter(({ value }) => value.startsWith(place.current) && HARMLESS.test(value))
  } catch (error) {
    if (error instanceof OpsxError) return []
    throw error
  }
}

/** One per line, the description after a tab. */
export function formatCandidates(candidates: Candidate[]): string {
  return candidates.map(({ value, says }) => `${value}${says ? `\t${printable(says)}` : ''}\n`).join('')
}

async function candidatesAt(context: Context, place: CursorPlace): Promise<Candidate[]> {
  const { command, given, flag, current } = place
  if (flag) return valuesOf(context, flag, place)
  if (current.startsWith('-')) return command.options.flatMap(flagOf)
  if (command.commands.length > 0 && given.length === 0) return commandsBelow(command)
  const argument = argumentAt(place)
  if (!argument) return []
  if (argument.argChoices) return named(argument.argChoices)
  const values = await argumentValues(context, place, argument.name())
  return values.filter(({ value }) => !given.includes(value))
}

function flagOf({ long, description, hidden }: Option): Candidate[] {
  return hidden || !long ? [] : [{ value: long, says: description }]
}

function commandsBelow(command: Command): Candidate[] {
  const visible = command.createHelp().visibleCommands(command)
  return visible.map(each => ({ value: each.name(), says: each.description() }))
}

function named(values: readonly string[]): Candidate[] {
  return values.map(value => ({ value }))
}

async function argumentValues(context: Context, place: CursorPlace, name: string): Promise<Candidate[]> {
  const { command, given, current } = place
  const verb = command.name()
  if (verb === 'new') return []
  if (name === 'change') {
    const words = verb === 'ledger' && given.length === 0 ? named(['lint', 'audit']) : []
    return [...changeNames(context, { current, ended: verb === 'reopen' }), ...words]
  }
  if (name === 'id') return taskIds(context, given[0] ?? '', verb)
  if (name === 'code') return findingCodes(context)
  if (name === 'name' || name === 'from') return figureNames(context)
  return []
}

async function valuesOf(context: Context, flag: Option, place: CursorPlace): Promise<Candidate[]> {
  if (flag.argChoices) return named(flag.argChoices)
  const { current } = place
  if (flag.long === '--format') return named(formatsIn(flag))
  if (flag.long === '--schema') return schemaNames(context)
  if (flag.long === '--project') return projectSlugs(context)
  if (flag.long === '--of' || flag.long === '--change') return changeNames(context, { current, ended: false })
  if (flag.long === '--force') return findingCodes(context)
  return []
}

/** The description of the flag lists them. */
function formatsIn({ description }: Option): string[] {
  return (/: (.*)$/.exec(description)?.[1] ?? '').split(', ')
}
