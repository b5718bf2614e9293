import { expect, test } from 'vitest'
import { createSharedScenario, push } from '../support/checkouts.ts'
import { addHook } from '../support/git-repository.ts'
import { changeFiles, PROPOSAL, VERIFY, verifyText } from '../support/scenario.ts'

const PROTECTED = `while read old new ref; do
  if [ "$ref" = refs/heads/main ]; then echo "error: GH006: Protected branch" >&2; exit 1; fi
done`

/** T2 is due on a main that refuses pushes. */
async function dueOnProtected() {
  const scenario = await createSharedScenario({ state: 'Todo' })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  push(scenario.repository)
  addHook(scenario.remote, 'pre-receive', PROTECTED)
  return scenario
}

const publish = ['sync', '--publish', 'pull-request']

test('--publish pull-request pushes opsx/ledger for a protected branch and prints what gh would do', async () => {
  const { repository, remote, opsx, board } = await dueOnProtected()
  const main = remote.git('rev-parse', 'main')
  const ran = await opsx(publish)
  expect(ran.exitCode).toBe(0)
  expect(ran.stderr).toContain('pushed to opsx/ledger')
  expect(ran.stderr).toContain('gh pr create --base main --head opsx/ledger')
  expect(remote.git('rev-parse', 'main')).toBe(main)
  expect(remote.git('rev-parse', 'opsx/ledger^')).toBe(main)
  expect(remote.git('show', '--name-only', '--format=', 'opsx/ledger')).toBe(PROPOSAL)
  expect(remote.git('show', `opsx/ledger:${PROPOSAL}`)).toContain('Todo->In Progress')
  expect(repository.git('rev-parse', 'HEAD')).toBe(main)
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
})

test('the commands are in the JSON document as well', async () => {
  const { opsx } = await dueOnProtected()
  const { published } = (await opsx([...publish, '--json'])).json()
  expect(published.pushed).toBe('opsx/ledger')
  expect(published.commands).toEqual([expect.stringContaining('gh pr create --base main')])
})

test('fresh clones that never see the pull request merged neither move nor comment twice', async () => {
  const { remote, opsx, board, clone } = await dueOnProtected()
  for (const run of [1, 2, 3]) {
    const ran = await opsx(publish, { cwd: clone().path })
    expect([run, ran.exitCode]).toEqual([run, 0])
    expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
  }
  expect(remote.git('rev-list', '--count', 'main..opsx/ledger')).toBe('1')
})

test('the rolling branch has every transition that is not merged yet', async () => {
  const { repository, remote, opsx, board } = await dueOnProtected()
  await opsx(publish)
  addHook(remote, 'pre-receive', 'exit 0')
  repository.git('stash', '--quiet')
  repository.commit('Pass', { [VERIFY]: verifyText('PASS') })
  repository.git('push', '--quiet')
  repository.git('stash', 'pop', '--quiet')
  addHook(remote, 'pre-receive', PROTECTED)
  await opsx(publish)
  const text = remote.git('show', `opsx/ledger:${PROPOSAL}`)
  expect(text).toContain('Todo->In Progress')
  expect(text).toContain('In Progress->In Review')
  expect(board()).toMatchObject({ moves: 2, comments: 2, state: 'In Review' })
})
