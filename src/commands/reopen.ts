import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { parseVerdict } from '../change/parse-verdict.ts'
import { isTerminal, type Phase } from '../change/states.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Report } from '../report/report.ts'
import { decided, trackedChange } from '../review/end-change.ts'
import { requireReason } from '../review/reason.ts'
import { readSuperseded, renewBaseLocks } from '../review/reopened-change.ts'
import { recordedPhaseOf } from '../sync/recorded.ts'
import { runSync } from '../sync/run-sync.ts'
import { syncReport } from './sync.ts'
import type { GlobalOptions } from './verb.ts'

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

/**
 * Plans first, so that a checkout or a key that may not speak changes no file; then moves an archived directory back,
 * takes back the tick of its old verdict, and syncs. Run again after a kill, it goes on from there.
 */
export async function reopen(context: Context, name: string, options: ReopenOptions): Promise<Report> {
  const reason = requireReason(options.reason)
  const release = (await context.lock()).acquire()
  try {
    const change = trackedChange(context, name)
    const from = endOf(change)
    const intent = { change: change.name, to: 'In Progress' as const, from, note: `reopened: ${reason}` }
    const request = { names: [change.name], intent, locked: true, offline: options.offline === true }
    decided(await runSync(context, { ...request, dryRun: true }))
    const directory = `openspec/changes/${change.name}`
    const workspace = context.workspace()
    const superseded = change.archived ? readSuperseded(workspace, change) : []
    if (change.archived) workspace.move(change.directory, directory)
    untickVerdict(workspace, directory, change)
    renewBaseLocks(workspace, directory)
    const outcome = decided(await runSync(context, request))
    const plan = { ...outcome.plan, findings: [...superseded, ...outcome.plan.findings] }
    return syncReport({ ...outcome, plan }, { ...options, needed: true })
  } finally {
    release()
  }
}

/** The old verdict stays readable; the next `opsx verify --write`, or a person, ticks a new one. */
function untickVerdict(workspace: Workspace, directory: string, { verdict }: TrackedChange): void {
  const path = `${directory}/${verdict.file}`
  const before = verdict.file === null ? undefined : workspace.read(path)
  if (before === undefined || verdict.file === null) return
  let text = before
  for (let round = 0; round < 5; round += 1) {
    const { line } = parseVerdict(text, verdict.file).verdict
    const lines = text.split('\n')
    const ticked = line === null ? undefined : lines[line - 1]
    if (line === null || ticked === undefined || !/\[[xX]\]/.test(ticked)) break
    lines[line - 1] = ticked.replace(/\[[xX]\]/, '[ ]')
    text = lines.join('\n')
  }
  if (text !== before) workspace.write(path, text)
}

/** What the change is taken back from; TRANSITION_REFUSED when it has not ended. */
function endOf(change: TrackedChange): Phase {
  if (change.archived) return 'Done'
  const recorded = recordedPhaseOf(change)
  if (isTerminal(change.phase)) return change.phase
  if (recorded !== null && recorded !== 'unknown' && isTerminal(recorded)) return recorded
  throw new OpsxError('TRANSITION_REFUSED', `${change.name} has not ended: it is ${change.phase}.`, {
    hint: 'opsx reopen takes back archived, cancelled and duplicate changes.',
  })
}
