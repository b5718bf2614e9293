import type { Context } from '../context.ts'
import type { Report } from '../report/report.ts'
import { bind } from './bind.ts'
import { CARRIED, CHANGE, DRIFT, formatSpec, ISSUE_TITLE, PROPOSAL, TASKS } from './demo-files.ts'
import { init } from './init.ts'
import { ledger } from './ledger.ts'
import { board, createIssue } from './local.ts'
import { newChange } from './new.ts'
import { status } from './status.ts'
import { sync } from './sync.ts'
import { mark } from './task.ts'
import { verify } from './verify.ts'

/** Receives the story as it happens. */
export interface Teller {
  chapter(title: string): void
  says(text: string): void
  /** A command and what it answered. */
  ran(command: string, report: Report): void
}

const IDENTITY = [
  '-c',
  'user.name=opsx demo',
  '-c',
  'user.email=demo@opsx.invalid',
  '-c',
  'commit.gpgsign=false',
]
const DIRECTORY = `openspec/changes/${CHANGE}`
const REPORT = `${DIRECTORY}/verify.md`
const SPEC = `${DIRECTORY}/specs/${CHANGE}/spec.md`

/** The golden ledger up to review, in the context's directory: every step through the commands a person would type. */
export async function runStory(context: Context, teller: Teller): Promise<void> {
  const identifier = await prepare(context, teller)
  await propose(context, teller, identifier)
  await work(context, teller)
  await fail(context, teller)
  await reconcile(context, teller)
  teller.chapter('The same board, seen from the files')
  teller.ran('opsx status', await status(context, undefined, {}))
  teller.ran('opsx ledger', ledger(context, undefined, {}))
  teller.ran('opsx local board', await board(context))
}

async function prepare(context: Context, teller: Teller): Promise<string> {
  teller.chapter('A repository, and a board to go with it')
  teller.says(
    'A real git repository in a temporary directory, and an embedded Linear: no account, no network.',
  )
  await context.runGit(context.directory, ['init', '-q', '-b', 'main'])
  teller.ran('opsx init --local', await init(context, { local: true }))
  const created = await createIssue(context, ISSUE_TITLE)
  teller.ran(`opsx local issue "${ISSUE_TITLE}"`, created)
  return String(created.document.identifier)
}

async function propose(context: Context, teller: Teller, identifier: string): Promise<void> {
  teller.chapter('T1: a proposal is bound, the issue leaves the backlog')
  teller.ran(`opsx new ${CHANGE}`, newChange(context, CHANGE, {}))
  const workspace = context.workspace()
  workspace.write(`${DIRECTORY}/proposal.md`, PROPOSAL)
  workspace.write(`${DIRECTORY}/tasks.md`, TASKS)
  workspace.write(SPEC, formatSpec({ checks: 14, passed: 911 }))
  await commit(context, 'Propose one build substrate')
  teller.says('The delta spec promises 14 checks and 911 tests. That was true when it was written.')
  teller.ran(
    `opsx bind ${CHANGE} ${identifier}`,
    await bind(context, { change: CHANGE, issue: identifier }, {}),
  )
  await commit(context, 'Bind the change to its issue')
}

async function work(context: Context, teller: Teller): Promise<void> {
  teller.chapter('T2: the first box is ticked, the issue is in progress')
  teller.ran(`opsx task check ${CHANGE} 1.1`, await mark(context, 'check', { change: CHANGE, ids: ['1.1'] }))
  teller.ran('opsx sync', await sync(context, [], {}))
  await mark(context, 'check', { change: CHANGE, ids: ['1.2', '2.1', '2.2'] })
  await commit(context, 'Build the substrate and migrate to it')
}

async function fail(context: Context, teller: Teller): Promise<void> {
  teller.chapter('T3, first attempt: verification fails')
  teller.says(
    'As built there are 27 checks and 933 tests pass; the spec still says 14 and 911. A reviewer notes it.',
  )
  context.workspace().write(REPORT, DRIFT)
  await commit(context, 'Review: the delta spec is behind the implementation')
  teller.ran(`opsx verify ${CHANGE} --write`, await verify(context, [CHANGE], { write: true }))
  await commit(context, 'Verify: FAIL')
  teller.ran('opsx sync', await sync(context, [], {}))
  teller.says('The issue stays in progress: review round 1 of 3. Running sync again changes nothing:')
  teller.ran('opsx sync', await sync(context, [], {}))
}

async function reconcile(context: Context, teller: Teller): Promise<void> {
  teller.chapter('T3, second attempt: the spec is reconciled, verification passes')
  const workspace = context.workspace()
  workspace.write(SPEC, formatSpec({ checks: 27, passed: 933 }))
  workspace.write(REPORT, (workspace.read(REPORT) ?? '').replace(DRIFT, CARRIED))
  await commit(context, 'Reconcile the delta spec with what was measured')
  teller.ran(`opsx verify ${CHANGE} --write`, await verify(context, [CHANGE], { write: true }))
  await commit(context, 'Verify: PASS')
  teller.ran('opsx sync', await sync(context, [], {}))
}

async function commit(context: Context, message: string): Promise<void> {
  await context.runGit(context.directory, ['add', '-A'])
  await context.runGit(context.directory, [...IDENTITY, 'commit', '-q', '-m', message])
}
