import { expect, test } from 'vitest'
import { json, refusal, serveOddly } from '../adapters/linear/odd-server.ts'
import { contextWith, withoutWaiting } from '../support/cli.ts'
import { CHANGE, changeFiles, createScenario, ledgerOf, PROPOSAL, readFile } from '../support/scenario.ts'

/** T2 is due. */
async function due() {
  const scenario = await createScenario({ state: 'Todo' })
  scenario.repository.commit('Start', changeFiles({ phase: 'In Progress', recorded: 'Todo' }))
  const before = readFile(scenario.repository, PROPOSAL)
  const untouched = () => {
    expect(scenario.board()).toMatchObject({ moves: 0, comments: 0, state: 'Todo' })
    expect(readFile(scenario.repository, PROPOSAL)).toBe(before)
  }
  return { ...scenario, untouched }
}

test.each([
  ['a key that Linear does not know', 'lin_api_wrong', 'not authenticated'],
  ['a key with the word Bearer before it', 'Bearer lin_api_local', 'as a Bearer token'],
  ['an OAuth token', 'lin_oauth_0123456789abcdef', 'not authenticated'],
])('%s: exit 3, and the key is not shown', async (_, key, words) => {
  const { opsx, untouched, board } = await due()
  const ran = await opsx(['sync'], { env: { LINEAR_API_KEY: key } })
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toContain('Linear does not accept the API key')
  expect(ran.stderr).toContain(words)
  expect(ran.stderr).toContain('without the word Bearer')
  expect(ran.stderr).not.toContain(key)
  untouched()
  expect(board().mutations).toBe(0)
})

test('without a key, sync reports that Linear was not read and exits with 0; bind exits with 2', async () => {
  const { repository, opsx, linear } = await due()
  repository.commit('Pin', { 'openspec/linear.yaml': 'workspace: { slug: acme }\nteams: { LOC: {} }\n' })
  const env = { LINEAR_API_KEY: undefined }
  const synced = await opsx(['sync'], { env })
  expect(synced.exitCode).toBe(0)
  expect(synced.stderr).toContain('Linear was not checked: there is no LINEAR_API_KEY')
  expect(synced.stdout).not.toContain('in step')
  const bound = await opsx(['bind', CHANGE, 'LOC-1', '--json'], { env })
  expect(bound.exitCode).toBe(2)
  expect(bound.json().error.code).toBe('KEY_MISSING')
  expect(repository.status()).toEqual([])
  expect(linear.counters.requests).toBe(0)
})

test('an .env that git would commit: exit 2; the same file ignored: it is used', async () => {
  const { repository, opsx, linear, board } = await due()
  repository.write({ '.env': 'LINEAR_API_KEY=lin_api_local\n' })
  const env = { LINEAR_API_KEY: undefined }
  const refused = await opsx(['sync', '--json'], { env })
  expect(refused.exitCode).toBe(2)
  expect(refused.json().error).toMatchObject({ code: 'ENV_FILE_NOT_IGNORED' })
  expect(refused.json().error.message).toContain('.env contains a Linear key, and git does not ignore it')
  expect(refused.stdout).not.toContain('lin_api_local')
  expect(linear.counters.requests).toBe(0)

  repository.commit('Ignore', { '.gitignore': '.env\n' })
  expect((await opsx(['sync'], { env })).exitCode).toBe(0)
  expect(board()).toMatchObject({ moves: 1, comments: 1 })
})

test('an endpoint that would send the key in the clear: exit 2', async () => {
  const { opsx, untouched } = await due()
  const ran = await opsx(['sync', '--json'], {
    env: { LINEAR_GRAPHQL_ENDPOINT: 'http://linear.example/graphql' },
  })
  expect(ran.exitCode).toBe(2)
  expect(ran.json().error.code).toBe('ENDPOINT_REFUSED')
  untouched()
})

test('rate limited while reading: exit 75, nothing written', async () => {
  const { opsx, untouched, linear, board } = await due()
  linear.faults.inject({ kind: 'rate-limit', retryAfter: 3600, times: 9 })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(75)
  expect(ran.json()).toMatchObject({ ok: false, error: { code: 'LINEAR_RATE_LIMITED' } })
  expect(ran.json().error.message).toMatch(/rate limit is used up until \d{4}-/)
  untouched()
  expect(board().mutations).toBe(0)
})

test('rate limited while writing: exit 75, no entry, and the next run does what is left once', async () => {
  const { opsx, linear, board, repository } = await due()
  linear.faults.inject({ kind: 'rate-limit', retryAfter: 3600, match: 'mutation', at: 2 })
  const ran = await opsx(['sync', '--json'])
  expect(ran.exitCode).toBe(75)
  expect(ran.json().ok).toBe(false)
  expect(board()).toMatchObject({ moves: 0, comments: 1 })
  expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted'])
  expect((await opsx(['sync'])).exitCode).toBe(0)
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
})

test('a key that is revoked while writing: exit 3, no entry', async () => {
  const { opsx, board, repository } = await due()
  const ran = await opsx(['sync'], {
    wrap: context =>
      contextWith(context, {
        tracker: async settings => {
          const tracker = await context.tracker(settings)
          const revoked = await withoutWaiting(
            contextWith(context, { env: { ...context.env, LINEAR_API_KEY: 'lin_api_revoked' } }),
          ).tracker(settings)
          return { ...tracker, comment: revoked.comment, move: revoked.move }
        },
      }),
  })
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toContain('The run stopped: Linear does not accept the API key')
  expect(board()).toMatchObject({ moves: 0, comments: 0 })
  expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted'])
})

test('ten runs during an outage exit 0 and add one entry; afterwards the transition is posted once', async () => {
  const { opsx, linear, board, repository } = await due()
  linear.faults.inject({ kind: 'bad-gateway', times: 1000 })
  for (let run = 1; run <= 10; run += 1) {
    const ran = await opsx(['sync', '--json'], { wrap: withoutWaiting })
    expect(ran.exitCode).toBe(0)
    expect(ran.json().findings[0].code).toBe('board/not-checked')
    expect(ran.json().findings[0].message).toContain('HTTP 502')
    expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted', 'Todo->In Progress failed'])
  }
  const strict = await opsx(['sync', '--strict', '--json'], { wrap: withoutWaiting })
  expect(strict.exitCode).toBe(3)
  expect(strict.json().ok).toBe(false)
  expect(board()).toEqual({ mutations: 0, moves: 0, comments: 0, state: 'Todo' })

  linear.faults.reset()
  await opsx(['sync'])
  await opsx(['sync'])
  expect(board()).toEqual({ mutations: 2, moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository)).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress failed',
    'Todo->In Progress posted',
  ])
})

test('ten runs whose writes fail add one entry as well, and comment once in the end', async () => {
  const { opsx, linear, board, repository } = await due()
  linear.faults.inject({ kind: 'bad-gateway', match: 'mutation', times: 1000 })
  for (let run = 1; run <= 10; run += 1) {
    const ran = await opsx(['sync'], { wrap: withoutWaiting })
    expect(ran.exitCode).toBe(0)
    expect(ran.stdout).toContain('HTTP 502')
    expect(ran.stdout).not.toContain('✓')
    expect(ledgerOf(repository)).toEqual(['Backlog->Todo posted', 'Todo->In Progress failed'])
  }
  expect((await opsx(['sync', '--strict'], { wrap: withoutWaiting })).exitCode).toBe(3)
  linear.faults.reset()
  await opsx(['sync'])
  expect(board()).toMatchObject({ moves: 1, comments: 1, state: 'In Progress' })
  expect(ledgerOf(repository).at(-1)).toBe('Todo->In Progress posted')
})

test('other commands that need Linear end with 3 in an outage', async () => {
  const { opsx, linear, untouched } = await due()
  linear.faults.inject({ kind: 'bad-gateway', times: 1000 })
  const ran = await opsx(['status', '--remote', '--json'], { wrap: withoutWaiting })
  expect(ran.exitCode).toBe(3)
  expect(ran.json().error.code).toBe('LINEAR_UNAVAILABLE')
  untouched()
})

test('HTTP 200 with errors instead of data: exit 3, nothing written', async () => {
  const { opsx, untouched } = await due()
  const odd = await serveOddly(refusal(200, 'Entity not found: Organization', { code: 'INPUT_ERROR' }))
  const ran = await opsx(['sync', '--json'], { env: { LINEAR_GRAPHQL_ENDPOINT: odd.url } })
  expect(ran.exitCode).toBe(3)
  expect(ran.json().error).toMatchObject({ code: 'LINEAR_REFUSED' })
  expect(ran.json().error.message).toContain('Entity not found: Organization')
  untouched()
})

test('HTTP 200 with data and errors: exit 3 too', async () => {
  const { opsx, untouched } = await due()
  const organization = { id: 'o', urlKey: 'local', previousUrlKeys: [], name: 'Local' }
  const errors = [{ message: 'some of it', extensions: { code: 'INPUT_ERROR' } }]
  const odd = await serveOddly(json(200, { data: { organization }, errors }))
  const ran = await opsx(['sync'], { env: { LINEAR_GRAPHQL_ENDPOINT: odd.url } })
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toContain('some of it')
  untouched()
})
