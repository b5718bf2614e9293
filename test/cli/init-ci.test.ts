import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runOpsx } from '../support/cli.ts'
import {
  createRemote,
  createRepository,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'
import { interpolated, runStep, type Step, stepNamed, unpinned } from '../support/workflow.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PATH = '.github/workflows/opsx.yml'

interface Job {
  if?: string
  permissions?: Record<string, string>
  concurrency: { group: string; 'cancel-in-progress': boolean | string }
  steps: Step[]
}

interface Workflow {
  on: Record<string, { branches?: string[] } | null>
  permissions: Record<string, string>
  env: Record<string, string>
  defaults: { run: { 'working-directory': string } }
  jobs: { verify: Job; sync: Job }
}

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

function repositoryOn(branch: string): Repository {
  const repository = createRepository()
  opened.push(repository)
  repository.git('checkout', '--quiet', '--orphan', branch)
  repository.commit('Begin', { 'README.md': 'Hello.\n' })
  return repository
}

function workflowOf(repository: Repository): Workflow {
  return parse(readFileSync(join(repository.path, PATH), 'utf8'))
}

async function written(branch = 'main'): Promise<{ repository: Repository; workflow: Workflow }> {
  const repository = repositoryOn(branch)
  const { exitCode, stderr } = await runOpsx(['init', '--ci'], { cwd: repository.path })
  expect(exitCode, stderr).toBe(0)
  return { repository, workflow: workflowOf(repository) }
}

describe('opsx init --ci', () => {
  it('writes a workflow, names it, and shows where opsx and the key come from', async () => {
    const repository = repositoryOn('main')
    const { stdout } = await runOpsx(['init', '--ci', 'github'], { cwd: repository.path })
    expect(stdout).toContain(`wrote ${PATH}`)
    expect(stdout).toContain('OPSX_PACKAGE')
    expect(stdout).toContain('secret LINEAR_API_KEY')
  })

  it('writes no workflow unless asked', async () => {
    const repository = repositoryOn('main')
    await runOpsx(['init'], { cwd: repository.path })
    expect(readdirSync(repository.path)).not.toContain('.github')
  })

  it('does nothing the second time', async () => {
    const { repository } = await written()
    repository.commit('Lay out')
    const again = await runOpsx(['init', '--ci', '--json'], { cwd: repository.path })
    expect(again.json()).toMatchObject({ ok: true, writes: [] })
    expect(repository.status()).toEqual([])
  })

  it.each(['opsx.yml', 'opsx.yaml'])('leaves a %s of your own alone', async name => {
    const repository = repositoryOn('main')
    repository.write({ [`.github/workflows/${name}`]: 'name: mine\n' })
    await runOpsx(['init', '--ci'], { cwd: repository.path })
    expect(readdirSync(join(repository.path, '.github/workflows'))).toEqual([name])
    expect(readFileSync(join(repository.path, '.github/workflows', name), 'utf8')).toBe('name: mine\n')
  })

  it.each([
    ['trunk', 'trunk'],
    ['release/1.x', 'release/1.x'],
    ["it's", "it's"],
    ['c++', 'c\\+\\+'],
  ])('pushes count on the default branch %s, written as a pattern', async (branch, pattern) => {
    const { workflow } = await written(branch)
    expect(workflow.on.push?.branches).toEqual([pattern])
  })

  it('takes the default branch from the remote, whatever is checked out', async () => {
    const repository = repositoryOn('main')
    opened.push(createRemote(repository))
    repository.branch('trunk')
    repository.git('push', '--quiet', '--set-upstream', 'origin', 'trunk')
    repository.git('remote', 'set-head', 'origin', 'trunk')
    repository.checkout('main')
    await runOpsx(['init', '--ci'], { cwd: repository.path })
    expect(workflowOf(repository).on.push?.branches).toEqual(['trunk'])
  })

  it('puts the workflow at the top of the git repository, and points it to the directory of openspec/', async () => {
    const repository = repositoryOn('main')
    const cwd = join(repository.path, 'packages', 'app')
    mkdirSync(cwd, { recursive: true })
    const { writes } = (await runOpsx(['init', '--ci', '--json'], { cwd })).json()
    expect(writes).toContain(`../../${PATH}`)
    expect(workflowOf(repository).defaults.run['working-directory']).toBe('packages/app')
  })

  it('writes nothing at all outside a git repository', async () => {
    const cwd = emptyDirectory()
    const { exitCode, json } = await runOpsx(['init', '--ci', '--json'], { cwd })
    expect(exitCode).toBe(2)
    expect(json().error.code).toBe('GIT_FAILED')
    expect(readdirSync(cwd)).toEqual([])
  })

  it('writes nothing where the default branch is unknown', async () => {
    const repository = repositoryOn('one')
    repository.git('remote', 'add', 'origin', join(repository.path, 'nowhere'))
    const { exitCode, json } = await runOpsx(['init', '--ci', '--json'], { cwd: repository.path })
    expect(exitCode).toBe(2)
    expect(json().error.hint).toContain('set-head')
    expect(repository.status()).toEqual([])
  })

  it('refuses a host that it has no workflow for', async () => {
    const { exitCode } = await runOpsx(['init', '--ci', 'jenkins'], { cwd: repositoryOn('main').path })
    expect(exitCode).toBe(2)
  })
})

describe('the workflow', () => {
  it('runs on pull requests, merge queues and the default branch, never with the rights of the base', async () => {
    const { workflow } = await written()
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'merge_group', 'push'])
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.jobs.verify.permissions).toBeUndefined()
  })

  it('lets only the sync job write, only on a push, and never ends one halfway', async () => {
    const { sync, verify } = (await written()).workflow.jobs
    expect(sync.if).toBe("github.event_name == 'push'")
    expect(sync.permissions).toEqual({ contents: 'write' })
    expect(sync.concurrency).toEqual({ group: 'opsx-sync', 'cancel-in-progress': false })
    expect(verify.concurrency.group).toContain('github.ref')
  })

  it('hands the key to the one step that needs it', async () => {
    const { repository, workflow } = await written()
    const text = readFileSync(join(repository.path, PATH), 'utf8')
    expect(text.match(/secrets\./g)).toHaveLength(1)
    expect(stepNamed(workflow.jobs.sync.steps, 'Sync').env).toHaveProperty('LINEAR_API_KEY')
  })

  it('pins every action to a commit, with its version beside it', async () => {
    const { repository, workflow } = await written()
    const { verify, sync } = workflow.jobs
    expect(unpinned([...verify.steps, ...sync.steps])).toEqual([])
    const uses = readFileSync(join(repository.path, PATH), 'utf8').match(/uses: .*/g)
    expect(uses?.filter(line => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
  })

  it('checks out the whole history, and keeps no credentials where it does not push', async () => {
    const { verify, sync } = (await written()).workflow.jobs
    expect(verify.steps[0]?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false })
    expect(sync.steps[0]?.with).toEqual({ 'fetch-depth': 0, 'persist-credentials': true })
  })

  it('lets GitHub paste nothing into a script', async () => {
    const { verify, sync } = (await written()).workflow.jobs
    expect(interpolated([...verify.steps, ...sync.steps])).toEqual([])
  })

  it('installs opsx from a tarball of the repository, so that the steps after it find it', async () => {
    const { repository, workflow } = await written()
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', repository.path, ROOT]
    const tarball = execFileSync('npm', pack, { cwd: repository.path, encoding: 'utf8' }).trim()
    const temporary = emptyDirectory()
    const install = await runStep(stepNamed(workflow.jobs.verify.steps, 'Install opsx'), {
      cwd: repository.path,
      env: { OPSX_PACKAGE: `./${tarball}`, RUNNER_TEMP: temporary, npm_config_offline: 'true' },
    })
    expect(install.code, install.err).toBe(0)
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const opsx = join(install.path.trim(), 'opsx')
    expect(execFileSync(opsx, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`)
  })

  it('sets the default branch in git before it verifies, and returns the exit code', async () => {
    const { repository, workflow } = await written()
    opened.push(createRemote(repository))
    repository.branch('develop')
    repository.git('push', '--quiet', '--set-upstream', 'origin', 'develop')
    repository.git('remote', 'set-head', 'origin', '--delete')
    const stub = emptyDirectory()
    writeFileSync(join(stub, 'opsx'), '#!/bin/sh\necho "$@"\nexit 1\n', { mode: 0o755 })
    const verify = await runStep(stepNamed(workflow.jobs.verify.steps, 'Verify'), {
      cwd: repository.path,
      env: { PATH: [stub, process.env.PATH].join(delimiter), DEFAULT_BRANCH: 'develop' },
    })
    expect(verify).toMatchObject({ code: 1, out: 'verify --all --format github\n' })
    expect(repository.git('symbolic-ref', 'refs/remotes/origin/HEAD')).toBe('refs/remotes/origin/develop')
  })
})
