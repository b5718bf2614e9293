import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runOpsx } from '../support/cli.ts'
import {
  createRepository,
  gitEnvironment,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'
import { installOpsx } from '../support/opsx-process.ts'

const PROPOSAL = 'openspec/changes/add-x/proposal.md'
const opened: string[] = []
afterEach(() => {
  for (const path of opened.splice(0)) rmSync(path, { recursive: true, force: true })
})

const entry = (at: number) =>
  `  - { at: "2026-01-0${at}T10:00:00Z", transition: "Todo->In Progress", outcome: "posted", note: "n" }\n`
const proposal = (entries: string, owner = 'mia', body = '## Why\n') =>
  `---\nowner: ${owner}\n\nattempt_log:\n${entries}---\n\n${body}`

/** A repository where both sides wrote these proposals since `base`. */
function parted(base: string, ours: string, theirs: string): Repository {
  const repository = createRepository()
  opened.push(repository.path)
  repository.commit('base', { [PROPOSAL]: base, 'openspec/config.yaml': 'schema: spec-driven\n' })
  repository.branch('theirs', 'main')
  repository.commit('theirs', { [PROPOSAL]: theirs })
  repository.checkout('main')
  repository.commit('ours', { [PROPOSAL]: ours })
  return repository
}

/** `git merge theirs` with the `opsx` of the PATH, by default the built one; true without a conflict. */
function merge(repository: Repository, opsx?: string | null): boolean {
  const tools = temporaryDirectory()
  opened.push(tools)
  if (opsx !== null) installOpsx(tools, opsx)
  const env = { ...process.env, ...gitEnvironment, PATH: [tools, process.env.PATH ?? ''].join(delimiter) }
  try {
    execFileSync('git', ['merge', '--no-edit', 'theirs'], { cwd: repository.path, env, stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

const read = (repository: Repository) => readFileSync(join(repository.path, PROPOSAL), 'utf8')

describe('opsx init --merge-driver', () => {
  it('writes attributes for everyone and the configuration of this clone, once', async () => {
    const repository = createRepository()
    opened.push(repository.path)
    repository.commit('begin', {
      '.gitattributes': '*.png binary',
      'openspec/config.yaml': 'schema: spec-driven\n',
    })
    const first = await runOpsx(['init', '--merge-driver', '--json'], { cwd: repository.path })
    expect(first.json()).toMatchObject({ gitConfig: ['merge.opsx.name', 'merge.opsx.driver'] })
    expect(first.json().writes).toContain('.gitattributes')
    expect(readFileSync(join(repository.path, '.gitattributes'), 'utf8').split('\n')).toEqual([
      '*.png binary',
      'openspec/changes/**/proposal.md merge=opsx',
      'openspec/changes/**/base.lock.json merge=opsx',
      'openspec/figures.lock.json merge=opsx',
      '',
    ])
    const second = await runOpsx(['init', '--merge-driver', '--json'], { cwd: repository.path })
    expect(second.json()).toMatchObject({ gitConfig: [], writes: [] })
    expect((await runOpsx(['--help'], { cwd: repository.path })).stdout).not.toContain('merge-driver')
  })

  it('reports outside of git that there is nothing to set', async () => {
    const directory = temporaryDirectory()
    opened.push(directory)
    mkdirSync(join(directory, 'openspec'))
    const { exitCode, stderr } = await runOpsx(['init', '--merge-driver'], { cwd: directory })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('GIT_FAILED')
  })
})

describe.skipIf(process.platform === 'win32')('a merge with the driver', () => {
  const sides = (body = ['## Why\n', '## Why\n']) =>
    [
      proposal(entry(1)),
      proposal(entry(1) + entry(3), 'mia', body[0]),
      proposal(entry(1) + entry(2), 'mia', body[1]),
    ] as const

  it('goes through where only the ledger was written on both sides', async () => {
    const repository = parted(...sides())
    await runOpsx(['init', '--merge-driver'], { cwd: repository.path })
    expect(merge(repository)).toBe(true)
    expect(read(repository)).toBe(proposal(entry(1) + entry(2) + entry(3)))
  })

  it('is as ever, with the markers of both sides, where opsx is missing or fails', async () => {
    for (const opsx of [null, 'exit 70']) {
      const repository = parted(...sides())
      await runOpsx(['init', '--merge-driver'], { cwd: repository.path })
      expect(merge(repository, opsx)).toBe(false)
      expect(read(repository).match(/^(<{7}|={7}|>{7})/gm)).toHaveLength(3)
      await runOpsx(['ledger', 'lint', '--fix'], { cwd: repository.path })
      expect(read(repository)).toBe(proposal(entry(1) + entry(2) + entry(3)))
    }
  })

  it('leaves to people what people wrote twice, and only that', async () => {
    const repository = parted(...sides(['## Why now\n', '## Why then\n']))
    await runOpsx(['init', '--merge-driver'], { cwd: repository.path })
    expect(merge(repository)).toBe(false)
    const front = proposal(entry(1) + entry(2) + entry(3)).split('## Why')[0] ?? ''
    expect(read(repository).startsWith(`${front}<<<<<<< `)).toBe(true)
    expect(read(repository)).toMatch(/\n## Why now\n=======\n## Why then\n>>>>>>> /)
  })
})

describe('opsx ledger lint --fix', () => {
  it('reports what it fixed, what is left to a person, and what comes next', async () => {
    const repository = parted(
      proposal(entry(1)),
      proposal(entry(1) + entry(3), 'ada'),
      proposal(entry(1) + entry(2), 'bob'),
    )
    expect(merge(repository, null)).toBe(false)
    const before = await runOpsx(['ledger', 'lint'], { cwd: repository.path })
    expect(before.exitCode).toBe(1)
    expect(before.stdout).toContain('opsx ledger lint --fix')
    const fixed = await runOpsx(['ledger', 'lint', '--fix', '--json'], { cwd: repository.path })
    expect(fixed.exitCode).toBe(1)
    expect(fixed.json()).toMatchObject({
      repairs: [{ file: PROPOSAL, done: true, conflicts: ['owner'], body: false, stale: [] }],
      writes: [PROPOSAL],
    })
    writeFileSync(
      join(repository.path, PROPOSAL),
      read(repository).replace(/<{7}.*\n([\s\S]*?)={7}\n[\s\S]*?>{7}.*\n/, '$1'),
    )
    const again = await runOpsx(['ledger', 'lint', '--fix'], { cwd: repository.path })
    expect(again.exitCode).toBe(0)
    expect(read(repository)).toBe(proposal(entry(1) + entry(2) + entry(3), 'ada'))
  })

  it('reports which file it cannot fix, and leaves it', async () => {
    const repository = createRepository()
    opened.push(repository.path)
    const text = `---\na: [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n---\n\n## Why\n`
    const lock = '{\n<<<<<<< HEAD\n]\n=======\n[\n>>>>>>> x\n'
    repository.commit('broken', { [PROPOSAL]: text, 'openspec/figures.lock.json': lock })
    const { exitCode, stdout } = await runOpsx(['ledger', 'lint', '--fix'], { cwd: repository.path })
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`${PROPOSAL} cannot be fixed`)
    expect(stdout).toContain('openspec/figures.lock.json cannot be fixed')
    expect(read(repository)).toBe(text)
  })
})
