import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { createSharedScenario, push, type SharedScenario } from '../support/checkouts.ts'
import { addHook, type Repository, temporaryDirectory } from '../support/git-repository.ts'
import {
  changeFiles,
  DIRECTORY,
  ledgerOf,
  PROPOSAL,
  readFile,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'
import { interpolated, runStep, type Step, stepNamed } from '../support/workflow.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PROTECTED = `while read old new ref; do
  if [ "$ref" = refs/heads/main ]; then echo "error: GH006: Protected branch" >&2; exit 1; fi
done`

/** The job of the README's recipe. */
const recipe: { permissions: Record<string, string>; steps: Step[] } = parse(
  /^### Protected branch\n[\s\S]*?^```yaml\n([\s\S]*?)^```$/m.exec(
    readFileSync(join(ROOT, 'README.md'), 'utf8'),
  )?.[1] ?? '',
)

/** A remote whose main refuses pushes, and where T2 is due. */
async function dueOnProtected() {
  const scenario = await createSharedScenario({ state: 'Todo' })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(scenario.repository)
  addHook(scenario.remote, 'pre-receive', PROTECTED)
  return { ...scenario, ...toolsOf() }
}

/** `opsx` and a `gh` that writes down how it was called, on a PATH of their own. */
function toolsOf() {
  const tools = temporaryDirectory()
  const calls = join(tools, 'calls')
  onTestFinished(() => rmSync(tools, { recursive: true, force: true }))
  const script = (name: string, text: string) => {
    mkdirSync(join(tools, 'bin'), { recursive: true })
    writeFileSync(join(tools, 'bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(tools, 'bin', name), 0o755)
  }
  script('opsx', `exec "${process.execPath}" "${join(ROOT, 'dist', 'bin.js')}" "$@"`)
  script('gh', `echo "$@" >> "${calls}"`)
  writeFileSync(calls, '')
  return { path: join(tools, 'bin'), calls: () => readFileSync(calls, 'utf8').split('\n').filter(Boolean) }
}

type Protected = Awaited<ReturnType<typeof dueOnProtected>>

/** One job: a fresh clone of the remote, and the recipe's step in it. Resolves to the clone. */
async function job({ clone, linear, path }: Protected): Promise<Repository> {
  const checkout = clone()
  const { code, err } = await runStep(stepNamed(recipe.steps, 'Sync'), {
    cwd: checkout.path,
    env: {
      PATH: [path, process.env.PATH ?? ''].join(delimiter),
      DEFAULT_BRANCH: 'main',
      CI: 'true',
      LINEAR_API_KEY: 'lin_api_local',
      LINEAR_GRAPHQL_ENDPOINT: linear.url,
    },
  })
  expect([code, err.includes('error')]).toEqual([0, false])
  return checkout
}

/** What the host lets through: a commit on main that the protection allows. */
function merged({ remote, repository }: SharedScenario, message: string, act: () => void): void {
  addHook(remote, 'pre-receive', 'exit 0')
  repository.git('fetch', '--quiet', '--prune', 'origin')
  repository.git('reset', '--quiet', '--hard', 'origin/main')
  act()
  repository.commit(message)
  repository.git('push', '--quiet')
  addHook(remote, 'pre-receive', PROTECTED)
}

const mergePullRequest = (scenario: SharedScenario) =>
  merged(scenario, 'Merge the ledger', () => {
    scenario.repository.git('merge', '--quiet', '--squash', 'origin/opsx/ledger')
  })

const proposed = ({ remote }: SharedScenario, path = PROPOSAL) => remote.git('show', `opsx/ledger:${path}`)
const timesIn = (text: string) => [...text.matchAll(/at: "([^"]*)"/g)].map(match => match[1])

test('the recipe asks for no more than it needs, and pastes nothing into its script', () => {
  expect(recipe.permissions).toEqual({ contents: 'write', 'pull-requests': 'write' })
  expect(interpolated(recipe.steps)).toEqual([])
})

test('the recipe publishes the ledger of a protected branch as one pull request, and the next job reads it when it is merged', async () => {
  const scenario = await dueOnProtected()
  const main = scenario.remote.git('rev-parse', 'main')
  await job(scenario)
  expect(scenario.remote.git('rev-parse', 'main')).toBe(main)
  expect(scenario.remote.git('rev-parse', 'opsx/ledger^')).toBe(main)
  expect(scenario.calls()).toEqual([expect.stringContaining('pr create --base main --head opsx/ledger')])
  expect(scenario.board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })

  mergePullRequest(scenario)
  const [mutations, ledger] = [scenario.board().mutations, scenario.remote.git('rev-parse', 'opsx/ledger')]
  const checkout = await job(scenario)
  expect(ledgerOf(checkout)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
  expect(checkout.status()).toEqual([])
  expect(scenario.board().mutations).toBe(mutations)
  expect(scenario.remote.git('rev-parse', 'opsx/ledger')).toBe(ledger)
})

test('the next job reads the ledger before it is merged as well: no entry is lost, and the branch stays one commit', async () => {
  const scenario = await dueOnProtected()
  await job(scenario)
  const first = timesIn(proposed(scenario))
  merged(scenario, 'Pass', () => scenario.repository.write({ [VERIFY]: verifyText('PASS') }))
  const checkout = await job(scenario)
  const all = ['Backlog->Todo posted', 'Todo->In Progress posted', 'In Progress->In Review posted']
  expect(ledgerOf(checkout)).toEqual(all)
  expect(timesIn(proposed(scenario)).slice(0, 2)).toEqual(first)
  expect(scenario.remote.git('rev-list', '--count', 'main..opsx/ledger')).toBe('1')
  expect(scenario.board()).toMatchObject({ moves: 2, comments: 2, state: 'In Review' })

  mergePullRequest(scenario)
  expect(ledgerOf(await job(scenario))).toEqual(all)
  expect(scenario.board()).toMatchObject({ moves: 2, comments: 2, state: 'In Review' })
})

test('a review round that only the pull request has is counted once', async () => {
  const scenario = await dueOnProtected()
  merged(scenario, 'Fail', () => scenario.repository.write({ [VERIFY]: verifyText('FAIL') }))
  for (let run = 0; run < 3; run += 1) {
    const checkout = await job(scenario)
    expect(readFile(checkout, PROPOSAL)).toContain('review_round: 1')
  }
  expect(scenario.board()).toMatchObject({ moves: 1, comments: 2, state: 'In Progress' })
})

test('entries of the pull request follow a change that was archived in between', async () => {
  const scenario = await dueOnProtected()
  await job(scenario)
  const archive = 'openspec/changes/archive/2026-01-02-add-dark-mode'
  merged(scenario, 'Archive', () => {
    scenario.repository.write({ [VERIFY]: verifyText('PASS') })
    scenario.repository.git('add', '--all')
    scenario.repository.git('mv', DIRECTORY, archive)
  })
  const checkout = await job(scenario)
  expect(ledgerOf(checkout, `${archive}/proposal.md`)).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress posted',
    'In Progress->Done posted',
  ])
  expect(proposed(scenario, `${archive}/proposal.md`)).toContain('Todo->In Progress')
  expect(scenario.board()).toMatchObject({ moves: 2, comments: 2, state: 'Done' })
})

test('a dry run and a refused workspace look at the pull request and write nothing', async () => {
  const scenario = await dueOnProtected()
  await job(scenario)
  const checkout = scenario.clone()
  const publish = ['sync', '--publish', 'pull-request']
  const dry = await scenario.opsx([...publish, '--dry-run', '--json'], { cwd: checkout.path })
  expect(dry.json().plan).toEqual([])
  expect(checkout.status()).toEqual([])
  checkout.write({ 'openspec/linear.yaml': 'workspace: { slug: "acme" }\nteams: { LOC: {} }\n' })
  const refused = await scenario.opsx(publish, { cwd: checkout.path })
  expect(refused.exitCode).toBe(4)
  expect(checkout.status()).toEqual([' M openspec/linear.yaml'])
})
