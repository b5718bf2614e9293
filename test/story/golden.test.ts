import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))
const CHANGES = 'openspec/changes'

interface LinearData {
  issues: { identifier: string; stateId: string; description: string }[]
  states: { id: string; name: string }[]
  comments: { body: string }[]
  documents: { id: string; title: string; content: string }[]
}

function boardOf(directory: string): LinearData {
  return JSON.parse(readFileSync(join(directory, '.opsx', 'local-linear.json'), 'utf8'))
}

function isDated(name: string): boolean {
  return /^\d{4}-/.test(name)
}

describe('the golden story, played by opsx demo through the real SDK over HTTP', () => {
  const home = mkdtempSync(join(tmpdir(), 'opsx-golden-'))
  const kept = join(home, 'demo')
  let ledger: {
    schema: string
    ok: boolean
    entries: { transition: string; outcome: string; note: string; evidence: string | null }[]
  }
  let board: LinearData
  let archived: string

  beforeAll(() => {
    const output = execFileSync(process.execPath, [BIN, 'demo', '--keep', kept, '--json'], {
      encoding: 'utf8',
    })
    ledger = JSON.parse(output)
    board = boardOf(kept)
    archived = join(CHANGES, 'archive', readdirSync(join(kept, CHANGES, 'archive')).find(isDated) ?? '')
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('writes the golden ledger, row by row', () => {
    expect(ledger.schema).toBe('opsx/ledger@1')
    expect(ledger.ok).toBe(true)
    expect(ledger.entries.map(({ transition, outcome }) => [transition, outcome])).toEqual([
      ['Backlog->Todo', 'posted'],
      ['Todo->In Progress', 'posted'],
      ['In Progress->In Review', 'dropped'],
      ['In Progress->In Review', 'posted'],
      ['In Review->Done', 'posted'],
    ])
    expect(ledger.entries[4]?.note).toBe('T4: the change is archived; 2 documents mirrored')
    expect(ledger.entries[2]?.evidence).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('has the whole ledger at the new path, with the rounds of the change closed', () => {
    const proposal = readFileSync(join(kept, archived, 'proposal.md'), 'utf8')
    expect(proposal).toMatch(/^review_round: 0$/m)
    expect(proposal).toMatch(/^last_synced_state: Done$/m)
    expect(proposal.match(/^ {2}- \{ at: /gm)).toHaveLength(5)
    expect(readdirSync(join(kept, CHANGES))).toEqual(['archive'])
  })

  it('folds the specs and mirrors them, without the comments of figures, as two documents of the project', () => {
    for (const capability of ['contributor-guide', 'rust-build-substrate']) {
      const spec = readFileSync(join(kept, 'openspec/specs', capability, 'spec.md'), 'utf8')
      const documents = board.documents.filter(({ title }) => title === `OpenSpec: ${capability}`)
      expect(documents.map(({ content }) => content)).toEqual([
        rewriteMarkdown(spec.replace(/ <!-- fig: .*? -->/g, '')),
      ])
    }
    expect(board.documents).toHaveLength(2)
    const registry = readFileSync(join(kept, 'openspec/linear.yaml'), 'utf8')
    for (const { id } of board.documents) expect(registry).toContain(id)
  })

  it('updates the same documents when the change is reopened and archived again', () => {
    const again = join(home, 'again')
    cpSync(kept, again, { recursive: true })
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...words], {
        cwd: again,
      })
    const opsx = (...words: string[]) => execFileSync(process.execPath, [BIN, ...words], { cwd: again })
    const change = join(again, CHANGES, 'rust-build-substrate')
    const spec = join(change, 'specs/contributor-guide/spec.md')
    opsx('reopen', 'rust-build-substrate', '--reason', 'the guide is wrong')
    writeFileSync(
      spec,
      readFileSync(spec, 'utf8').replace('## ADDED', '## MODIFIED').replace('nowhere else', 'only there'),
    )
    git('add', '-A')
    git('commit', '-qm', 'Correct the guide')
    opsx('verify', 'rust-build-substrate', '--write')
    opsx('archive', 'rust-build-substrate')
    git('add', '-A')
    git('commit', '-qm', 'Archive again')
    opsx('sync')
    const [before, after] = [board, boardOf(again)]
    rmSync(again, { recursive: true })
    expect(after.documents.map(({ id }) => id)).toEqual(before.documents.map(({ id }) => id))
    expect(after.documents.filter(({ content }) => content.includes('only there'))).toHaveLength(1)
    expect(after.states.find(({ id }) => id === after.issues[0]?.stateId)?.name).toBe('Done')
  })

  it('leaves one comment per posted transition and one for the re-queue', () => {
    expect(board.comments).toHaveLength(5)
    expect(board.comments.filter(({ body }) => body.includes('review round 1 of 3'))).toHaveLength(1)
  })

  it('leaves the issue done, described by the proposal', () => {
    const [issue] = board.issues
    expect(board.states.find(({ id }) => id === issue?.stateId)?.name).toBe('Done')
    expect(issue?.description).toContain('OpenSpec change rust-build-substrate')
    expect(issue?.description).toContain('One check surface')
  })

  it('has nothing left to do: a further sync makes no mutation and writes no file', () => {
    const before = readFileSync(join(kept, archived, 'proposal.md'), 'utf8')
    const again = JSON.parse(
      execFileSync(process.execPath, [BIN, 'sync', '--json', '-C', kept], { encoding: 'utf8' }),
    )
    expect(again).toMatchObject({ ok: true, plan: [], mutations: 0, writes: [] })
    expect(again.requests).toBeLessThanOrEqual(3)
    expect(readFileSync(join(kept, archived, 'proposal.md'), 'utf8')).toBe(before)
  })

  it('refuses a directory that is not empty', () => {
    const run = spawnSync(process.execPath, [BIN, 'demo', '--keep', kept], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('is not empty')
  })

  it('prints the story and leaves nothing behind without --keep', () => {
    const run = spawnSync(process.execPath, [BIN, 'demo'], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: home },
    })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('$ opsx bind rust-build-substrate LOC-1 --project "First project"')
    expect(run.stdout).toContain('re-queued')
    expect(execFileSync('ls', [home], { encoding: 'utf8' }).trim()).toBe('demo')
  })
})
