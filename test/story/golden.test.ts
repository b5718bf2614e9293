import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))
const PROPOSAL = 'openspec/changes/rust-build-substrate/proposal.md'

interface Board {
  issues: { identifier: string; stateId: string; description: string }[]
  states: { id: string; name: string }[]
  comments: { body: string }[]
}

describe('the golden story, told by opsx demo through the real SDK over HTTP', () => {
  const home = mkdtempSync(join(tmpdir(), 'opsx-golden-'))
  const kept = join(home, 'demo')
  let ledger: {
    schema: string
    ok: boolean
    entries: { transition: string; outcome: string; evidence: string | null }[]
  }
  let board: Board

  beforeAll(() => {
    const output = execFileSync(process.execPath, [BIN, 'demo', '--keep', kept, '--json'], {
      encoding: 'utf8',
    })
    ledger = JSON.parse(output)
    board = JSON.parse(readFileSync(join(kept, '.opsx', 'local-linear.json'), 'utf8'))
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('writes rows 1 to 4 of the golden ledger, in order', () => {
    expect(ledger.schema).toBe('opsx/ledger@1')
    expect(ledger.ok).toBe(true)
    expect(ledger.entries.map(({ transition, outcome }) => [transition, outcome])).toEqual([
      ['Backlog->Todo', 'posted'],
      ['Todo->In Progress', 'posted'],
      ['In Progress->In Review', 'dropped'],
      ['In Progress->In Review', 'posted'],
    ])
    expect(ledger.entries[2]?.evidence).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('counts one review round', () => {
    expect(readFileSync(join(kept, PROPOSAL), 'utf8')).toMatch(/^review_round: 1$/m)
  })

  it('leaves one comment per posted crossing and one for the re-queue', () => {
    expect(board.comments).toHaveLength(4)
    expect(board.comments.filter(({ body }) => body.includes('review round 1 of 3'))).toHaveLength(1)
  })

  it('leaves the issue in review, described by the proposal', () => {
    const [issue] = board.issues
    expect(board.states.find(({ id }) => id === issue?.stateId)?.name).toBe('In Review')
    expect(issue?.description).toContain('OpenSpec change rust-build-substrate')
    expect(issue?.description).toContain('One check surface')
  })

  it('has nothing left to do: a further sync makes no mutation and writes no file', () => {
    const before = readFileSync(join(kept, PROPOSAL), 'utf8')
    const again = JSON.parse(
      execFileSync(process.execPath, [BIN, 'sync', '--json', '-C', kept], { encoding: 'utf8' }),
    )
    expect(again).toMatchObject({ ok: true, plan: [], mutations: 0, writes: [] })
    expect(again.requests).toBeLessThanOrEqual(3)
    expect(readFileSync(join(kept, PROPOSAL), 'utf8')).toBe(before)
  })

  it('refuses a directory that holds something already', () => {
    const run = spawnSync(process.execPath, [BIN, 'demo', '--keep', kept], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('is not empty')
  })

  it('tells the story in text and leaves nothing behind without --keep', () => {
    const run = spawnSync(process.execPath, [BIN, 'demo'], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: home },
    })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('$ opsx bind rust-build-substrate LOC-1')
    expect(run.stdout).toContain('re-queued')
    expect(execFileSync('ls', [home], { encoding: 'utf8' }).trim()).toBe('demo')
  })
})
