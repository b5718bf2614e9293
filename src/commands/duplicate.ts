import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { OpsxError } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { endChange, trackedChange } from '../review/end-change.ts'
import { syncReport } from './sync.ts'
import type { GlobalOptions } from './verb.ts'

interface DuplicateOptions extends GlobalOptions {
  of?: string
}

export function addDuplicate(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'duplicate <change>',
    summary: 'end a change as a duplicate of another change or issue',
    example: 'opsx duplicate add-dark-theme --of add-dark-mode',
  })
    .requiredOption('--of <change-or-issue>', 'the change or issue that goes on')
    .action(async (change: string, _, command: Command) => {
      exit(await perform<DuplicateOptions>(context, command, options => duplicate(context, change, options)))
    })
}

export async function duplicate(
  context: Context,
  change: string,
  options: DuplicateOptions,
): Promise<Report> {
  const original = options.of ?? ''
  const isIssue = /^[A-Za-z][A-Za-z0-9]*-\d+$/.test(original) && original === original.toUpperCase()
  const name = isIssue ? original : trackedChange(context, original).name
  if (name === trackedChange(context, change).name) {
    throw new OpsxError('USAGE', `${name} cannot be a duplicate of itself.`, {
      hint: 'Name the change that goes on.',
    })
  }
  const outcome = await endChange(context, { change, to: 'Duplicate', note: `duplicate of ${name}` }, options)
  return syncReport(outcome, { ...options, needed: true })
}
