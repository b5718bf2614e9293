import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { perform } from './global-options.ts'
import { addVerb } from './program.ts'
import { type StatusOptions, status } from './status.ts'

export function addStatus(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    roots: true,
    usage: 'status [change]',
    summary: 'where every change stands: issue, phase, state of record, tasks, review round',
    example: 'opsx status\nopsx status add-dark-mode --remote\nopsx status --archived --json',
  })
    .option('--archived', 'archived changes too')
    .option('--remote', 'ask Linear for the states of the issues')
    .action(async (change: string | undefined, _, command: Command) => {
      exit(await perform<StatusOptions>(context, command, options => status(context, change, options)))
    })
}
