import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHASES, type Phase, rankOf } from '../../src/change/states.ts'
import { runOpsx } from '../support/cli.ts'
import { readLinearSchema } from '../support/linear-schema.ts'
import { type LocalLinear, startLocalLinear } from '../support/local-linear.ts'
import { ARCHIVE, changeFiles, DIRECTORY } from '../support/scenario.ts'

const RECORDED: (Phase | undefined)[] = [undefined, 'Todo', 'In Progress', 'In Review']
const FILES = ['Backlog', 'Todo', 'In Progress', 'Failed', 'In Review', 'Done'] as const

interface Case {
  recorded: Phase | undefined
  files: (typeof FILES)[number]
  state: Phase
  issue: string
}

const CASES: Case[] = RECORDED.flatMap(recorded =>
  FILES.flatMap(files => PHASES.map(state => ({ recorded, files, state }))),
).map((situation, index) => ({ ...situation, issue: `LOC-${index + 1}` }))

/** Every recorded state × every kind of files × every state in Linear, without git, against the embedded Linear. */
describe('one sync brings every situation in step', () => {
  let linear: LocalLinear
  let home: string
  const ended = new Map<
    Case,
    { state: string; second: { plan: unknown[]; mutations: number; writes: unknown[] }; same: boolean }
  >()

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'opsx-converges-'))
    linear = await startLocalLinear({
      schema: readLinearSchema(),
      seed: { issues: CASES.map(({ issue, state }) => ({ identifier: issue, state })) },
      limits: { requests: 100_000 },
    })
    for (const situation of CASES) ended.set(situation, await settle(situation))
  })
  afterAll(async () => {
    await linear.close()
    rmSync(home, { recursive: true, force: true })
  })

  async function settle(situation: Case) {
    const root = join(home, situation.issue)
    const directory = situation.files === 'Done' ? ARCHIVE : DIRECTORY
    const { files, recorded, issue } = situation
    const change = changeFiles({
      phase: files,
      directory,
      issue,
      name: `change-${issue}`,
      ...(recorded ? { recorded } : {}),
    })
    const all = { ...change, 'openspec/linear.yaml': 'workspace: { slug: local }\nteams: { LOC: {} }\n' }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), String(text))
    }
    const env = { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local' }
    const sync = () => runOpsx(['sync', '--json'], { cwd: root, env })
    expect((await sync()).exitCode).toBe(0)
    const read = () => readFileSync(join(root, directory, 'proposal.md'), 'utf8')
    const before = read()
    const second = (await sync()).json()
    return { state: linear.store.stateOf(issue), second, same: read() === before }
  }

  it(`leaves nothing to plan, to change or to write in any of ${CASES.length} situations`, () => {
    const restless = CASES.filter(situation => {
      const end = ended.get(situation)
      return (
        !end?.same || end.second.plan.length > 0 || end.second.mutations > 0 || end.second.writes.length > 0
      )
    })
    expect(restless).toEqual([])
  })

  it('moves no issue that is completed, canceled or a duplicate', () => {
    const moved = CASES.filter(({ state }) => rankOf(state) >= rankOf('Done')).filter(
      c => ended.get(c)?.state !== c.state,
    )
    expect(moved).toEqual([])
  })

  it('moves an issue backward only from review, and only for a FAIL', () => {
    const back = CASES.filter(c => rankOf((ended.get(c)?.state ?? 'Done') as Phase) < rankOf(c.state))
    expect(
      back.every(
        ({ files, state, recorded }) =>
          files === 'Failed' && state === 'In Review' && recorded === 'In Review',
      ),
    ).toBe(true)
    expect(back.length).toBeGreaterThan(0)
  })

  it('sets Done for nothing but an archive', () => {
    const done = CASES.filter(c => c.state !== 'Done' && ended.get(c)?.state === 'Done')
    expect(done.every(({ files }) => files === 'Done')).toBe(true)
    expect(done.length).toBeGreaterThan(0)
  })

  it('brings every open issue that was behind its recorded state and its files to the phase of the files', () => {
    const phase = (files: Case['files']): Phase => (files === 'Failed' ? 'In Progress' : files)
    const behind = CASES.filter(({ recorded, files, state }) => {
      const target = rankOf(phase(files))
      return recorded !== undefined && rankOf(recorded) < target && rankOf(state) < target
    })
    const wrong = behind.filter(c => ended.get(c)?.state !== phase(c.files))
    expect(wrong).toEqual([])
    expect(behind.length).toBeGreaterThan(10)
  })
})
