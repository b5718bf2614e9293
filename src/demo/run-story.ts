import type { Context } from '../adapters/context.ts'
import { archive } from '../commands/archive.ts'
import { bind } from '../commands/bind.ts'
import type { Teller } from '../commands/demo.ts'
import { listFigures } from '../commands/figures/list.ts'
import { measure } from '../commands/figures/measure.ts'
import { prove } from '../commands/figures/prove.ts'
import { reconcile } from '../commands/figures/reconcile.ts'
import { init } from '../commands/init.ts'
import { ledger } from '../commands/ledger.ts'
import { board, createIssue } from '../commands/local.ts'
import { newChange } from '../commands/new.ts'
import { status } from '../commands/status.ts'
import { sync } from '../commands/sync.ts'
import { mark } from '../commands/task.ts'
import { verify } from '../commands/verify.ts'
import { OpsxError } from '../errors.ts'
import {
  CARRIED,
  CHANGE,
  formatSpec,
  GUIDE,
  GUIDE_CAPABILITY,
  ISSUE_TITLE,
  PROJECT,
  PROPOSAL,
  TASKS,
} from './change-files.ts'
import { AFTER, BEFORE, formatSubstrate, SLIMMER, type Substrate } from './substrate.ts'

const IDENTITY = 'user.name=opsx demo,user.email=demo@opsx.invalid,commit.gpgsign=false'.split(',')
const DIRECTORY = `openspec/changes/${CHANGE}`
const REPORT = `${DIRECTORY}/verify.md`
const SUBSTRATE = 'substrate.json'
const SPEC = `${DIRECTORY}/specs/${CHANGE}/spec.md`

/** Runs the story in the directory of the context, each step with the command that a user would type. */
export async function runStory(context: Context, teller: Teller): Promise<void> {
  const identifier = await prepare(context, teller)
  await propose(context, teller, identifier)
  await work(context, teller)
  await fail(context, teller)
  await reconciled(context, teller)
  await slim(context, teller)
  await archiveStory(context, teller)
  teller.chapter('The result, in the files and in Linear')
  teller.ran('opsx status --archived', await status(context, undefined, { archived: true }))
  teller.ran('opsx ledger', await ledger(context, [], {}))
  teller.ran('opsx local board', await board(context))
}

async function prepare(context: Context, teller: Teller): Promise<string> {
  teller.chapter('A repository and an embedded Linear')
  teller.explain(
    'A real git repository in a temporary directory, and an embedded Linear: no account, no network.',
  )
  await context.runGit(context.directory, ['init', '-q', '-b', 'main'])
  teller.ran('opsx init --local', await init(context, { local: true }))
  const created = await createIssue(context, ISSUE_TITLE, PROJECT)
  teller.ran(`opsx local issue "${ISSUE_TITLE}" --project "${PROJECT}"`, created)
  return String(created.document.identifier)
}

async function propose(context: Context, teller: Teller, identifier: string): Promise<void> {
  teller.chapter('The proposal is bound to an issue: Backlog to Todo')
  teller.ran(`opsx new ${CHANGE}`, newChange(context, CHANGE, {}))
  const workspace = context.workspace()
  workspace.write(`${DIRECTORY}/proposal.md`, PROPOSAL)
  workspace.write(`${DIRECTORY}/tasks.md`, TASKS)
  workspace.write(SPEC, formatSpec({ checks: 14, passed: 911 }))
  workspace.write(`${DIRECTORY}/specs/${GUIDE_CAPABILITY}/spec.md`, GUIDE)
  writeFiguresOf(context, BEFORE)
  teller.explain('The delta spec promises 14 checks and 911 tests. Both are bound to figures, and measured:')
  teller.explain('  - **THEN** it holds exactly 14 checks <!-- fig: checks=14 -->')
  await measured(context, teller, 'opsx figures measure --trust')
  await commit(context, 'Propose one build substrate')
  teller.ran(
    `opsx bind ${CHANGE} ${identifier} --project "${PROJECT}"`,
    await bind(context, { change: CHANGE, issue: identifier }, { project: PROJECT }),
  )
  await commit(context, 'Bind the change to its issue')
}

async function work(context: Context, teller: Teller): Promise<void> {
  teller.chapter('The first task is checked: Todo to In Progress')
  await check(context, teller, '1.1')
  teller.ran('opsx sync', await sync(context, [], {}))
  await mark(context, 'check', { change: CHANGE, ids: ['1.2', '2.1'] })
  context.workspace().write(SUBSTRATE, formatSubstrate(AFTER))
  await commit(context, 'Build the substrate and migrate to it')
  teller.explain('The last task has a gate: no test may fail, and evaluation may take twice as long at most.')
  await check(context, teller, '2.2')
  await measured(context, teller, 'opsx figures measure')
  await check(context, teller, '2.2')
  await commit(context, 'Measure the substrate')
}

async function fail(context: Context, teller: Teller): Promise<void> {
  teller.chapter('The first verification fails: the issue stays In Progress')
  teller.explain(
    'As built there are 27 checks and 933 tests pass; spec, proposal and tasks still say 14 and 911.',
  )
  teller.ran(`opsx verify ${CHANGE} --write`, await verify(context, [CHANGE], { write: true }))
  await commit(context, 'Verify: FAIL')
  teller.ran('opsx sync', await sync(context, [], {}))
  teller.explain('The issue stays In Progress: review round 1 of 3. A second sync changes nothing:')
  teller.ran('opsx sync', await sync(context, [], {}))
}

async function reconciled(context: Context, teller: Teller): Promise<void> {
  teller.chapter('The texts are corrected and verification passes: In Progress to In Review')
  teller.ran('opsx figures reconcile --write', await reconcile(context, [], { write: true }))
  const workspace = context.workspace()
  workspace.write(
    REPORT,
    (workspace.read(REPORT) ?? '').replace(/## Reviewer findings\n[^#]*/, `${CARRIED}\n`),
  )
  await commit(context, 'Reconcile the texts with what was measured')
  teller.ran(`opsx verify ${CHANGE} --write`, await verify(context, [CHANGE], { write: true }))
  await commit(context, 'Verify: PASS')
  teller.ran('opsx sync', await sync(context, [], {}))
}

async function slim(context: Context, teller: Teller): Promise<void> {
  teller.chapter('One check is removed: 26 instead of 27')
  const workspace = context.workspace()
  workspace.write(SUBSTRATE, formatSubstrate(SLIMMER))
  workspace.write(SPEC, formatSpec({ checks: 26, passed: 933 }))
  await commit(context, 'Drop a check that another one covers')
  await measured(context, teller, 'opsx figures measure')
  teller.explain('The spec was corrected by hand; the proposal and the tasks were forgotten:')
  teller.ran(`opsx verify ${CHANGE}`, await verify(context, [CHANGE], {}))
  teller.ran('opsx figures reconcile --write', await reconcile(context, [], { write: true }))
  await commit(context, 'Reconcile the texts with 26 checks')
  teller.ran(`opsx verify ${CHANGE} --write`, await verify(context, [CHANGE], { write: true }))
  await commit(context, 'Verify: PASS')
  teller.explain('opsx figures prove shows that a broken limit would be found:')
  teller.ran('opsx figures prove', await prove(context, []))
  teller.ran('opsx figures list', listFigures(context, [], {}))
}

async function archiveStory(context: Context, teller: Teller): Promise<void> {
  teller.chapter('The change is archived: In Review to Done')
  await commit(context, 'Record the review')
  teller.ran(`opsx archive ${CHANGE}`, await archive(context, CHANGE, {}))
  teller.explain(
    'The change is archived, but not committed. Once the commit is on the default branch, sync publishes the specs and moves the issue to Done:',
  )
  await commit(context, 'Archive: the specs are folded')
  teller.ran('opsx sync', await sync(context, [], {}))
  await commit(context, 'Record Done')
}

function writeFiguresOf(context: Context, substrate: Substrate): void {
  const workspace = context.workspace()
  for (const [path, shipped] of [
    ['build.mjs', 'templates/demo/build.mjs'],
    ['openspec/figures.yaml', 'templates/demo/figures.yaml'],
  ] as const) {
    workspace.write(path, context.shipped(shipped) ?? '')
  }
  workspace.write('.gitignore', 'reports/\n')
  workspace.write(SUBSTRATE, formatSubstrate(substrate))
}

/** The commands are part of opsx, so they are trusted for this run only. */
async function measured(context: Context, teller: Teller, command: string): Promise<void> {
  teller.ran(command, await measure(context, [], { trust: 'once' }))
}

/** Checks a task, or prints why its gate refuses. */
async function check(context: Context, teller: Teller, id: string): Promise<void> {
  const command = `opsx task check ${CHANGE} ${id}`
  try {
    teller.ran(command, await mark(context, 'check', { change: CHANGE, ids: [id] }))
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    teller.refused(command, error)
  }
}

async function commit(context: Context, message: string): Promise<void> {
  await context.runGit(context.directory, ['add', '-A'])
  await context.runGit(context.directory, [
    ...IDENTITY.flatMap(setting => ['-c', setting]),
    'commit',
    '-q',
    '-m',
    message,
  ])
}
