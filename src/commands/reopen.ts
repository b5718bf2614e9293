import type { Command } from 'commander'
import { isTerminal } from '../change/states.ts'
import type { Context } from '../context.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Report } from '../report/report.ts'
import { recordedPhaseOf } from '../sync/recorded.ts'
import { decided, trackedChange } from './end-change.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { addVerb } from './program.ts'
import { syncReport } from './sync.ts'
import { runSync } from './sync-run.ts'

interface ReopenOptions extends GlobalOptions {
  reason?: string
}

export function addReopen(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'reopen <change>',
    summary: 'take an archived, cancelled or duplicate change back to In Progress',
    example: 'opsx reopen add-dark-mode --reason "contrast fails on the settings page"',
  })
    .requiredOption('--reason <text>', 'why, for the ledger')
    .action(async (change: string, _, command: Command) => {
      exit(await perform<ReopenOptions>(context, command, options => reopen(context, change, options)))
    })
}

/** Moves an archived directory back first; run again after a kill, it goes on from there. */
export async function reopen(context: Context, name: string, options: ReopenOptions): Promise<Report> {
  const release = (await context.lock()).acquire()
  try {
    const change = trackedChange(context, name)
    refuseActive(change)
    if (change.archived) context.workspace().move(change.directory, `openspec/changes/${change.name}`)
    const intent = { change: change.name, to: 'In Progress' as const, note: `reopened: ${options.reason}` }
    const request = { names: [change.name], intent, locked: true, offline: options.offline === true }
    return syncReport(decided(await runSync(context, request)), options)
  } finally {
    release()
  }
}

function refuseActive(change: TrackedChange): void {
  const recorded = recordedPhaseOf(change)
  const ended =
    change.archived ||
    isTerminal(change.phase) ||
    (recorded !== null && recorded !== 'unknown' && isTerminal(recorded))
  if (ended) return
  throw new OpsxError('TRANSITION_REFUSED', `${change.name} has not ended: it is ${change.phase}.`, {
    hint: 'opsx reopen takes back archived, cancelled and duplicate changes.',
  })
}
