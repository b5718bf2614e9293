import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startGitIntoFiles } from '../../src/adapters/git/git-into-files.ts'
import { gitEnvironment, startGit } from '../../src/adapters/git/git-process.ts'

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))

let base: string
let temporary: string | undefined

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'opsx-into-files-'))
  mkdirSync(join(base, 'temporary'))
  mkdirSync(join(base, 'repository', 'openspec', 'changes', 'add-light'), { recursive: true })
  const file = join(base, 'repository', 'openspec', 'changes', 'add-light', 'proposal.md')
  writeFileSync(file, '## Why\n\nBecause.\n')
  git('init', '--quiet', '--initial-branch', 'main')
  for (let index = 0; index < 3000; index++) writeFileSync(join(base, 'repository', `file-${index}`), '')
  temporary = process.env.TMPDIR
  process.env.TMPDIR = join(base, 'temporary')
})
afterEach(() => {
  if (temporary === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = temporary
  rmSync(base, { recursive: true, force: true })
})

function git(...words: string[]): void {
  spawnSync('git', words, { cwd: join(base, 'repository') })
}

function ask(...args: string[]) {
  return { directory: join(base, 'repository'), args, environment: gitEnvironment() }
}

describe('git that prints into files', () => {
  it.each([[['status', '--porcelain=v2', '-z', '--untracked-files=all']], [['rev-parse', 'no-such-ref']]])(
    '%j says what it says into pipes, and leaves no file',
    async args => {
      const output = await startGitIntoFiles(ask(...args))
      expect(output).toEqual(await startGit(ask(...args)))
      expect(readdirSync(join(base, 'temporary'))).toEqual([])
    },
  )

  it.each([[{}], [{ NODE_PENDING_DEPRECATION: '1' }], [{ NODE_OPTIONS: '--trace-warnings' }]])(
    'says the same however Node is told to start it: %j',
    env => {
      const verify = (variables: Record<string, string>) =>
        spawnSync(process.execPath, [BIN, 'verify', '--json'], {
          cwd: join(base, 'repository'),
          env: { ...process.env, NODE_OPTIONS: '', NODE_DISABLE_COMPILE_CACHE: '1', ...variables },
          encoding: 'utf8',
        })
      const { stdout, stderr } = verify(env)
      expect({ stdout, stderr }).toEqual({
        stdout: verify({ NODE_OPTIONS: '--no-warnings' }).stdout,
        stderr: '',
      })
    },
  )

  it('hands back a signal that ended git as a failure', async () => {
    const killed = await startGitIntoFiles(ask('-c', 'alias.die=!kill -9 $PPID', 'die'))
    expect(killed).toMatchObject({ status: 128 })
  })

  it('prints into pipes where there can be no temporary file', async () => {
    process.env.TMPDIR = join(base, 'nowhere')
    expect(await startGitIntoFiles(ask('version'))).toEqual(await startGit(ask('version')))
  })

  it('hands back the error of a git that cannot be started', async () => {
    const start = { ...ask('version'), directory: join(base, 'nowhere') }
    expect(await startGitIntoFiles(start)).toBeInstanceOf(Error)
  })

  it.runIf(process.platform !== 'win32')('is asked again through pipes when the files take nothing', () => {
    const verify = (limit: string) =>
      spawnSync('sh', ['-c', `${limit} exec "${process.execPath}" "${BIN}" verify --json`], {
        cwd: join(base, 'repository'),
        env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
        encoding: 'utf8',
      })
    const { stdout, stderr, status } = verify('ulimit -f 0;')
    expect({ stdout, stderr, status }).toEqual({ stdout: expect.stringMatching(/\S/), stderr: '', status })
    expect(stdout).toBe(verify('').stdout)
  })
})
