import { spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { fileTimes } from '../support/file-times.ts'
import { gitEnvironment } from '../support/git-repository.ts'
import {
  changeFiles,
  createScenario,
  DIRECTORY,
  PROPOSAL,
  REGISTRY,
  type Scenario,
  VERIFY,
  verifyText,
} from '../support/scenario.ts'

const BIN = join(import.meta.dirname, '..', '..', 'dist', 'bin.js')
const TASKS = `${DIRECTORY}/tasks.md`

// biome-ignore lint/suspicious/noExplicitAny: documents of opsx/watch@1, read by tests
type Update = any

/** A real `opsx watch`, in a process group of its own, with a key that it must not use. */
function watching({ repository, linear }: Scenario, ...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'watch', ...args], {
    cwd: repository.path,
    detached: true,
    env: {
      PATH: process.env.PATH,
      HOME: repository.path,
      ...gitEnvironment,
      LINEAR_GRAPHQL_ENDPOINT: linear.url,
      LINEAR_API_KEY: 'lin_api_local',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  let heard = () => {}
  for (const name of ['out', 'err'] as const)
    child[`std${name}`].setEncoding('utf8').on('data', text => {
      said[name] += text
      heard()
    })
  const ended = new Promise<{ code: number | null; signal: string | null }>(resolve => {
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  onTestFinished(() => void (child.exitCode === null && child.kill('SIGKILL')))
  const updates = (): Update[] =>
    said.out
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line))
  /** The first text or update that matches. */
  async function until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look()
      if (found) return found
      if (child.exitCode !== null) throw new Error(`opsx watch ended: ${said.err}`)
      await new Promise<void>(resolve => {
        heard = resolve
      })
    }
  }
  return {
    said,
    updates,
    until,
    update: (holds: (change: Update) => boolean) =>
      until(() =>
        updates()
          .flatMap(({ changes }) => changes)
          .findLast(holds),
      ),
    /** Interrupts it, and resolves when its whole process group is gone. */
    async interrupt() {
      child.kill('SIGINT')
      const how = await ended
      while (isAlive(-(child.pid ?? 0))) await nextTurn()
      return how
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function scenarioAt(phase: 'Todo' | 'In Progress' = 'Todo'): Promise<Scenario> {
  const scenario = await createScenario({ state: phase })
  scenario.repository.commit('Start', changeFiles({ phase, recorded: phase }))
  return scenario
}

test('it shows phase, decision and what sync would do, at the start and when an artifact is saved', async () => {
  const scenario = await scenarioAt()
  const watch = watching(scenario, '--json')
  expect(await watch.update(() => true)).toMatchObject({ phase: 'Todo', bound: true, sync: null })
  expect(watch.updates()[0]).toMatchObject({ schema: 'opsx/watch@1', ok: true })
  scenario.repository.write({ [TASKS]: '- [x] 1.1 Add the theme\n- [ ] 1.2 Add the switch\n' })
  expect(await watch.update(({ phase }) => phase === 'In Progress')).toMatchObject({
    tasks: { done: 1, total: 2 },
    decision: 'fail',
    worst: { severity: 'critical' },
    sync: { transition: 'Todo->In Progress', waits: null },
  })
  scenario.repository.write({ [VERIFY]: verifyText('PASS') })
  const review = await watch.update(({ phase }) => phase === 'In Review')
  expect(review.sync.transition).toBe('Todo->In Review')
  expect(await watch.interrupt()).toEqual({ code: 130, signal: null })
})

test('fifty rapid saves: the last one is shown, nothing is written, nothing asked, no process is left', async () => {
  const scenario = await scenarioAt()
  const watch = watching(scenario, '--json')
  await watch.update(() => true)
  const before = fileTimes(scenario.repository.path)
  const boxes = (done: number) =>
    Array.from({ length: 50 }, (_, index) => `- [${index < done ? 'x' : ' '}] ${index + 1} Task`).join('\n')
  for (let save = 1; save <= 50; save += 1) {
    const file = join(scenario.repository.path, TASKS)
    // Half of the editors write in place, the others beside and rename.
    writeFileSync(save % 2 === 0 ? file : `${file}~`, `${boxes(save)}\n`)
    if (save % 2 === 1) renameSync(`${file}~`, file)
    await nextTurn()
  }
  expect(await watch.update(({ tasks }) => tasks.done === 50)).toMatchObject({ phase: 'In Progress' })
  expect(watch.updates().length).toBeLessThan(50)
  const after = fileTimes(scenario.repository.path)
  const tasks = join(scenario.repository.path, TASKS)
  for (const files of [before, after]) files.delete(tasks)
  expect(after).toEqual(before)
  expect(scenario.linear.counters).toEqual({ requests: 0, mutations: 0 })
  expect(await watch.interrupt()).toEqual({ code: 130, signal: null })
  expect(watch.said.err).toBe('')
})

test('an interrupt in the middle of its work ends it as well', async () => {
  const scenario = await scenarioAt()
  const watch = watching(scenario, '--json')
  await watch.update(() => true)
  scenario.repository.write({ [TASKS]: '- [x] 1.1 Add the theme\n' })
  expect(await watch.interrupt()).toEqual({ code: 130, signal: null })
})

test('a change that is created while it runs is shown, and so are its later saves', async () => {
  const scenario = await scenarioAt()
  const watch = watching(scenario, '--json')
  await watch.update(() => true)
  scenario.repository.write({ 'openspec/changes/second/specs/theme/spec.md': '## ADDED Requirements\n' })
  await watch.update(({ change }) => change === 'second')
  scenario.repository.write({ 'openspec/changes/second/proposal.md': '## Why\n\nEyes.\n' })
  await watch.update(({ change, phase }) => change === 'second' && phase === 'Todo')
  scenario.repository.write({ 'openspec/changes/second/specs/theme/spec.md': '## MODIFIED Requirements\n' })
  const count = watch.updates().length
  await watch.until(() => watch.updates().length > count)
  await watch.interrupt()
})

test('a file that is half written is reported, and the next save is seen', async () => {
  const scenario = await scenarioAt()
  const watch = watching(scenario)
  await watch.until(() => watch.said.out.includes('sync: nothing to do'))
  scenario.repository.write({ [REGISTRY]: 'teams: [\n' })
  await watch.until(() => watch.said.err.includes('openspec/linear.yaml:'))
  scenario.repository.git('checkout', '--quiet', '--', REGISTRY)
  scenario.repository.write({ [TASKS]: '- [x] 1.1 Add the theme\n' })
  await watch.until(() => watch.said.out.includes('sync: Todo'))
  expect(watch.said.out).not.toContain('\u001b')
  expect(watch.said.out).toMatch(/^\d\d:\d\d:\d\dZ {2}add-dark-mode {2}Todo/)
  for (const line of watch.said.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  expect(await watch.interrupt()).toEqual({ code: 130, signal: null })
})

test('only the changes that were named are shown', async () => {
  const scenario = await scenarioAt()
  scenario.repository.write(changeFiles({ phase: 'Todo', recorded: 'Todo', name: 'second', issue: 'LOC-2' }))
  const watch = watching(scenario, 'second', '--json')
  await watch.update(() => true)
  scenario.repository.write({ [PROPOSAL]: '## Why\n\nOther.\n', 'openspec/changes/second/notes.md': 'x\n' })
  await watch.until(() => watch.updates().length > 1)
  expect(
    watch.updates().flatMap(({ changes }) => changes.map((change: Update) => change.change)),
  ).not.toContain('add-dark-mode')
  await watch.interrupt()
})

test.each([
  [['nope'], 'CHANGE_NOT_FOUND'],
  [['--format', 'xml'], 'format'],
  [['--output', 'x'], 'runs until it is interrupted'],
])('watch %j is refused: exit 2', async (args, said) => {
  const { opsx } = await scenarioAt()
  const ran = await opsx(['watch', ...args])
  expect(ran.exitCode).toBe(2)
  expect(ran.stderr).toContain(said)
})
