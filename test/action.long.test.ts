import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  cloneOf,
  createRemote,
  createRepository,
  type Repository,
  temporaryDirectory,
} from './support/git-repository.ts'
import { spawnOpsx } from './support/opsx-process.ts'
import { interpolated, runStep, type Step, stepNamed, unpinned } from './support/workflow.ts'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'dist', 'bin.js')

interface Action {
  inputs: Record<string, { description: string; default?: string }>
  runs: { using: string; steps: Step[] }
}

const text = readFileSync(join(ROOT, 'action.yml'), 'utf8')
const action: Action = parse(text)
const { steps } = action.runs
const opened: Repository[] = []
const directories: string[] = []
afterEach(() => {
  for (const repository of opened.splice(0)) repository.remove()
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function emptyDirectory(): string {
  const directory = temporaryDirectory()
  directories.push(directory)
  return directory
}

/** A repository with a bound change on which work began after the last sync, pushed to its remote. */
async function boundRepository(): Promise<{ repository: Repository; remote: Repository }> {
  const repository = createRepository()
  const call = { directory: repository.path }
  repository.commit('Begin')
  const remote = createRemote(repository)
  opened.push(repository, remote)
  await spawnOpsx(['init', '--local'], call)
  await spawnOpsx(['local', 'issue', 'Dark mode'], call)
  const change = 'openspec/changes/add-dark-mode'
  repository.commit('Propose', {
    [`${change}/proposal.md`]: '## Why\n\nReaders in the evening ask for it.\n',
    [`${change}/tasks.md`]: '- [ ] 1.1 Write the palette\n- [ ] 1.2 Use it\n',
  })
  await spawnOpsx(['bind', 'add-dark-mode', 'LOC-1'], call)
  repository.commit('Begin work', {
    [`${change}/tasks.md`]: '- [x] 1.1 Write the palette\n- [ ] 1.2 Use it\n',
  })
  repository.git('push', '--quiet')
  return { repository, remote }
}

/** A directory with a program of that name, in front of PATH. */
function stubbed(name: string, script: string): string {
  const directory = emptyDirectory()
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return [directory, process.env.PATH].join(delimiter)
}

function runOpsxStep(env: Record<string, string>, cwd: string) {
  const defaults = { OPSX_BIN: BIN, OPSX_FORMAT: 'json', OPSX_FAIL_ON: '', OPSX_AGAINST: '' }
  return runStep(stepNamed(steps, 'Run opsx'), { cwd, env: { ...defaults, ...env } })
}

describe('the action', () => {
  it('is composite, and each script names its shell and stops at the first error', () => {
    expect(action.runs.using).toBe('composite')
    for (const { run, shell } of steps) {
      expect(shell).toBe('bash')
      expect(run).toMatch(/^set -euo pipefail\n/)
    }
  })

  it('lets GitHub paste nothing into a script', () => {
    expect(interpolated(steps)).toEqual([])
  })

  it('uses no other action that is not pinned to a commit', () => {
    expect(unpinned(steps)).toEqual([])
  })

  it('describes every input that it reads, and reads every one', () => {
    const read = [...text.matchAll(/\binputs\.([a-z-]+)/g)].map(([, name]) => name)
    expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort())
    for (const { description } of Object.values(action.inputs)) expect(description).not.toBe('')
  })

  it('verifies every change with annotations, and does not sync, unless asked to', () => {
    expect(action.inputs.command?.default).toBe('verify --all')
    expect(action.inputs.format?.default).toBe('github')
    expect(action.inputs.sync?.default).toBe('false')
    expect(action.inputs.version?.default).toBe('')
  })

  it('hands the key to the sync alone, and syncs only on a push to the default branch', () => {
    const keyed = steps.filter(({ env = {} }) => Object.values(env).some(value => value.includes('api-key')))
    expect(keyed.map(({ name }) => name)).toEqual(['Sync'])
    expect(keyed[0]?.if).toContain("github.event_name == 'push'")
    expect(keyed[0]?.if).toContain(
      "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)",
    )
  })
})

describe('its look at Node', () => {
  const look = (version: string) =>
    runStep(stepNamed(steps, 'Look at Node'), {
      cwd: emptyDirectory(),
      env: { PATH: stubbed('node', `echo ${version}`) },
    })

  it.each(['v20.19.0', 'v20.20.2', 'v22.0.0', 'v24.11.1'])('accepts %s', async version => {
    expect(await look(version)).toMatchObject({ code: 0, out: '' })
  })

  it.each(['v20.18.3', 'v18.20.8', 'nonsense'])('refuses %s with an annotation', async version => {
    const { code, out } = await look(version)
    expect(code).toBe(2)
    expect(out).toMatch(/^::error::opsx needs Node 20\.19 or later/)
  })
})

describe('its installation', () => {
  it('names the program of its own checkout', async () => {
    const own = await runStep(stepNamed(steps, 'Install from this action'), {
      cwd: emptyDirectory(),
      env: { GITHUB_ACTION_PATH: ROOT },
    })
    expect(own).toMatchObject({ code: 0, output: `bin=${BIN}\n` })
  })

  const install = (version: string) =>
    runStep(stepNamed(steps, 'Install from npm'), {
      cwd: emptyDirectory(),
      env: { OPSX_VERSION: version, PATH: stubbed('npm', 'echo "$@"') },
    })

  it('asks npm for one exact version, without scripts', async () => {
    const { code, out, output } = await install('1.2.3-rc.1')
    expect(code).toBe(0)
    expect(out).toMatch(/^install .*--ignore-scripts .*opsx@1\.2\.3-rc\.1\n$/)
    expect(output).toMatch(/^bin=.*\/opsx\/node_modules\/opsx\/dist\/bin\.js\n$/)
  })

  it.each(['latest', '^1.2.3', '1.2', 'npm:other@1.2.3', '1.2.3 --registry=http://example.com', '1.2.3\nx'])(
    'refuses %j',
    async version => {
      const { code, out } = await install(version)
      expect(code).toBe(2)
      expect(out).toMatch(/^::error::/)
    },
  )
})

describe('its run of opsx', () => {
  it('runs the command, and hands on output and exit code', async () => {
    const { repository } = await boundRepository()
    const found = await runOpsxStep({ OPSX_COMMAND: 'status add-dark-mode' }, repository.path)
    expect(found.code, found.err).toBe(0)
    expect(JSON.parse(found.out).changes).toMatchObject([{ change: 'add-dark-mode', phase: 'In Progress' }])
    const missing = await runOpsxStep({ OPSX_COMMAND: 'status no-such-change' }, repository.path)
    expect(missing.code).toBe(2)
  })

  it('as it comes, annotates what is wrong, writes a summary and fails', async () => {
    const repository = createRepository()
    const scratch = emptyDirectory()
    opened.push(repository)
    const spec = 'openspec/specs/palette/spec.md'
    repository.commit('Begin', { [spec]: '## Purpose\n\nColours.\n' })
    const summary = join(scratch, 'summary.md')
    writeFileSync(summary, '')
    const defaults = {
      OPSX_COMMAND: action.inputs.command?.default ?? '',
      OPSX_FORMAT: action.inputs.format?.default ?? '',
      GITHUB_STEP_SUMMARY: summary,
    }
    const { code, out } = await runOpsxStep(defaults, repository.path)
    expect(code).toBe(1)
    expect(out).toMatch(new RegExp(`^::error file=${spec},`, 'm'))
    expect(readFileSync(summary, 'utf8')).toContain(spec)
  })

  it('passes threshold and reference on as single words', async () => {
    const echo = join(emptyDirectory(), 'echo.js')
    writeFileSync(echo, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))')
    const given = {
      OPSX_BIN: echo,
      OPSX_FORMAT: 'github',
      OPSX_FAIL_ON: 'warning',
      OPSX_AGAINST: 'origin/a b',
    }
    const { out } = await runOpsxStep({ ...given, OPSX_COMMAND: 'verify  --all' }, ROOT)
    const words = ['verify', '--all', '--fail-on', 'warning', '--against', 'origin/a b', '--format', 'github']
    expect(JSON.parse(out)).toEqual(words)
  })

  it('lets no shell interpret an input', async () => {
    const echo = join(emptyDirectory(), 'echo.js')
    writeFileSync(echo, 'process.stdout.write(JSON.stringify(process.argv.slice(2)))')
    const hostile = '$(touch pwned) `touch pwned`; touch pwned & * "'
    const cwd = emptyDirectory()
    const env = { OPSX_BIN: echo, OPSX_COMMAND: hostile, OPSX_AGAINST: hostile, OPSX_FORMAT: hostile }
    const { out } = await runOpsxStep(env, cwd)
    const words = hostile.split(' ')
    expect(JSON.parse(out)).toEqual([...words, '--against', hostile, '--format', hostile])
    expect(readdirSync(cwd)).toEqual([])
  })
})

describe('its sync', () => {
  const point = (cwd: string, branch: string) =>
    runStep(stepNamed(steps, 'Tell git the default branch'), { cwd, env: { DEFAULT_BRANCH: branch } })

  it('sets the default branch in git, which a checkout does not', async () => {
    const { repository } = await boundRepository()
    repository.branch('develop')
    repository.git('push', '--quiet', '--set-upstream', 'origin', 'develop')
    expect((await point(repository.path, 'develop')).code).toBe(0)
    expect(repository.git('symbolic-ref', 'refs/remotes/origin/HEAD')).toBe('refs/remotes/origin/develop')
  })

  it('goes on in a checkout that does not have that branch', async () => {
    const { remote } = await boundRepository()
    const clone = cloneOf(remote, '--depth', '1')
    opened.push(clone)
    const pointed = await point(clone.path, 'develop')
    expect(pointed.code).toBe(0)
    expect(pointed.out).toMatch(/^::notice::.*fetch-depth 0/m)
  })

  it('pushes the ledger in the name of the bot, and nothing the second time', async () => {
    const { repository, remote } = await boundRepository()
    repository.git('config', '--unset', 'user.name')
    repository.git('config', '--unset', 'user.email')
    const step = stepNamed(steps, 'Sync')
    const named = Object.entries(step.env ?? {}).filter(([name]) => name.startsWith('GIT_'))
    const env = { ...Object.fromEntries(named), OPSX_BIN: BIN, LINEAR_API_KEY: '' }
    const first = await runStep(step, { cwd: repository.path, env })
    expect(first.code, first.err).toBe(0)
    const tip = remote.git('rev-parse', 'main')
    expect(remote.git('log', '-1', '--format=%an <%ae> %cn', 'main')).toBe(
      'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com> github-actions[bot]',
    )
    expect(remote.git('show', 'main:openspec/changes/add-dark-mode/proposal.md')).toContain(
      'Todo->In Progress',
    )
    const second = await runStep(step, { cwd: repository.path, env })
    expect(second).toMatchObject({ code: 0 })
    expect(remote.git('rev-parse', 'main')).toBe(tip)
  })
})
