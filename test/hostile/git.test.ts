import { chownSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createRepository, type Repository, temporaryDirectory } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'

const CHANGE = 'openspec/changes/add-dark-mode'
const FILES = {
  'openspec/config.yaml': 'schema: spec-driven\n',
  [`${CHANGE}/proposal.md`]:
    '## Why\nReaders want a theme for the night.\n\n## What Changes\n- Add a theme\n',
  [`${CHANGE}/tasks.md`]: '- [ ] 1.1 Add the theme\n',
  '.gitattributes': '* filter=evil\n',
}

const used: string[] = []
afterEach(() => {
  for (const path of used.splice(0)) rmSync(path, { recursive: true, force: true })
})

function repositoryWith(files: Record<string, string> = FILES): Repository {
  const repository = createRepository()
  used.push(repository.path)
  repository.commit('Start', files)
  return repository
}

/** Commands that leave a file behind when something runs them. */
function trap(repository: Repository): { command: string; sprung(): boolean } {
  const mark = join(temporaryDirectory(), 'executed')
  used.push(join(mark, '..'))
  repository.write({ [`${CHANGE}/tasks.md`]: '- [x] 1.1 Add the theme\n' })
  return { command: `touch '${mark}'; cat`, sprung: () => existsSync(mark) }
}

describe('git runs nothing that the configuration of the repository names', () => {
  const settings: [name: string, key: string, also?: [string, string]][] = [
    ['a clean filter', 'filter.evil.clean'],
    ['a filter process', 'filter.evil.process'],
    ['a required clean filter', 'filter.evil.clean', ['filter.evil.required', 'true']],
    ['a file system monitor', 'core.fsmonitor'],
    ['an external diff', 'diff.external'],
    ['a text conversion', 'diff.evil.textconv'],
    ['a signature check', 'gpg.program', ['log.showSignature', 'true']],
  ]
  it.each(settings)('not %s', async (_, key, also) => {
    const repository = repositoryWith()
    const { command, sprung } = trap(repository)
    repository.git('config', key, command)
    if (also) repository.git('config', ...also)
    for (const args of [['verify'], ['status'], ['sync', '--dry-run'], ['verify', '--all', '--all-roots']]) {
      const { code, err } = await spawnOpsx(args, { directory: repository.path })
      expect([args, code, err]).not.toEqual([args, 70, expect.anything()])
    }
    expect(sprung()).toBe(false)
  })

  it('not a filter whose name has an equals sign', async () => {
    const repository = repositoryWith({ ...FILES, '.gitattributes': '* filter=a=b\n' })
    const { command, sprung } = trap(repository)
    repository.git('config', 'filter.a=b.clean', command)
    await spawnOpsx(['verify'], { directory: repository.path })
    expect(sprung()).toBe(false)
  })

  it('but a filter that the user configured runs, also where the repository has one of its name', async () => {
    const repository = repositoryWith()
    const { command, sprung } = trap(repository)
    const config = join(temporaryDirectory(), 'config')
    used.push(join(config, '..'))
    writeFileSync(config, `[filter "evil"]\n\tclean = "${command.replaceAll('"', '\\"')}"\n`)
    repository.git('config', 'filter.evil.clean', 'false')
    await spawnOpsx(['verify'], { directory: repository.path, env: { GIT_CONFIG_GLOBAL: config } })
    expect(sprung()).toBe(true)
  })
})

describe('a directory that is laid out as a bare repository', () => {
  /** A clone of a stranger in which `sub/` is a repository of its own with a filter that runs a command. */
  function embedded(): { outer: Repository; sub: string; sprung(): boolean } {
    const inner = repositoryWith()
    const { command, sprung } = trap(inner)
    inner.git('config', 'filter.evil.clean', command)
    inner.git('config', 'core.worktree', '..')
    const outer = createRepository()
    used.push(outer.path)
    const sub = join(outer.path, 'sub')
    mkdirSync(sub)
    outer.write(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`sub/${path}`, text])))
    for (const name of ['HEAD', 'config', 'objects', 'refs', 'index']) {
      cpSync(join(inner.path, '.git', name), join(sub, name), { recursive: true })
    }
    return { outer, sub, sprung }
  }

  it('is refused with a sentence, exit 2, and runs nothing', async () => {
    const { outer, sub, sprung } = embedded()
    for (const [directory, args] of [
      [sub, ['verify']],
      [outer.path, ['verify', '-C', 'sub']],
      [outer.path, ['sync', '-C', 'sub']],
      [outer.path, ['verify', '--all', '--all-roots']],
    ] as [string, string[]][]) {
      const { code, out, err } = await spawnOpsx(args, { directory })
      expect([args, code, out + err]).toEqual([args, 2, expect.stringContaining('GIT_REFUSED')])
    }
    expect(sprung()).toBe(false)
  })
})

it.runIf(process.getuid?.() === 0)('a repository of another user is refused', async () => {
  const repository = repositoryWith()
  chownSync(repository.path, 65_534, 65_534)
  chownSync(join(repository.path, '.git'), 65_534, 65_534)
  for (const args of [['verify'], ['sync'], ['verify', '--all', '--all-roots']]) {
    const { code, out, err } = await spawnOpsx(args, { directory: repository.path })
    expect([args, code, out + err]).toEqual([args, 2, expect.stringContaining('GIT_REFUSED')])
  }
})

it('a worktree of a bare clone works', async () => {
  const repository = repositoryWith()
  const directory = temporaryDirectory()
  used.push(directory)
  const bare = join(directory, 'bare.git')
  repository.git('clone', '--quiet', '--bare', repository.path, bare)
  repository.git('-C', bare, 'worktree', 'add', '--quiet', join(directory, 'tree'), 'main')
  const { code, err } = await spawnOpsx(['verify'], { directory: join(directory, 'tree') })
  expect([code, err]).toEqual([0, ''])
})

describe('variables of the caller', () => {
  it.each([
    'GIT_DIR',
    'GIT_INDEX_FILE',
    'GIT_OBJECT_DIRECTORY',
    'GIT_COMMON_DIR',
    'GIT_NAMESPACE',
    'GIT_ATTR_SOURCE',
  ])('%s does not change what is read', async name => {
    const repository = repositoryWith()
    const before = await spawnOpsx(['verify', '--json'], { directory: repository.path })
    const after = await spawnOpsx(['verify', '--json'], {
      directory: repository.path,
      env: { [name]: '/nonexistent' },
    })
    expect(after).toEqual(before)
  })

  it('GIT_DIR with a working tree of its own is used, and said', async () => {
    const repository = repositoryWith()
    const directory = temporaryDirectory()
    used.push(directory)
    const gitDirectory = join(directory, 'elsewhere.git')
    cpSync(join(repository.path, '.git'), gitDirectory, { recursive: true })
    rmSync(join(repository.path, '.git'), { recursive: true })
    const env = { GIT_DIR: gitDirectory, GIT_WORK_TREE: repository.path }
    const { code, err } = await spawnOpsx(['verify'], { directory: repository.path, env })
    expect([code, err]).toEqual([0, expect.stringContaining(gitDirectory)])
    const named = JSON.parse((await spawnOpsx(['verify', '--json'], { directory: repository.path, env })).out)
    expect(named.findings.map(({ code: each }: { code: string }) => each)).not.toContain('doctor/git')
  })
})
