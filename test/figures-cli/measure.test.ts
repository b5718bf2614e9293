import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { contextWith } from '../support/cli.ts'
import type { Files } from '../support/git-repository.ts'
import { type Bench, LOCK, openBench } from './bench.ts'

const open: Bench[] = []
afterEach(() => {
  for (const bench of open.splice(0)) {
    rmSync(`${bench.path}-home`, { recursive: true, force: true })
    bench.remove()
  }
})

function bench(figures: string, files?: Files): Bench {
  const opened = openBench(figures, files)
  open.push(opened)
  return opened
}

const CHECKS = 'figures:\n  checks: { unit: checks, measure: { run: "cat checks" }, inputs: [checks] }\n'
const TWO = `${CHECKS}  broken: { measure: { run: "echo no number" }, inputs: [checks] }\n`

describe.skipIf(process.platform === 'win32')('opsx figures measure', () => {
  it('records values, keeps former ones, and writes nothing for an equal value', async () => {
    const { opsx, lock, read, write } = bench(CHECKS, { checks: '14\n' })
    const first = await opsx(['figures', 'measure', '--trust', '--json'])
    expect(first.exitCode).toBe(0)
    expect(first.json()).toMatchObject({
      schema: 'opsx/figures@1',
      figures: [{ figure: 'checks', outcome: 'new', value: 14, before: null, unit: 'checks' }],
      writes: [LOCK],
    })
    const before = read(LOCK)
    expect((await opsx(['figures', 'measure', '--json'])).json()).toMatchObject({
      figures: [{ outcome: 'same' }],
      writes: [],
    })
    expect(read(LOCK)).toBe(before)
    write({ checks: '27\n' })
    const text = await opsx(['figures', 'measure'])
    expect(text.stdout).toContain('checks: 14 checks → 27 checks')
    expect(lock().checks).toMatchObject({ value: 27, dirty: true, previous: [{ value: 14 }] })
  })

  it('reports which commit it measured, and does not count its own lock as a change', async () => {
    const { opsx, lock, git, write } = bench(CHECKS, { checks: '14\n' })
    await opsx(['figures', 'measure', '--trust'])
    expect(lock().checks).toMatchObject({ commit: git('rev-parse', '--short=10', 'HEAD'), dirty: false })
    write({ checks: '15\n' })
    git('add', 'checks')
    git('commit', '--quiet', '-m', 'fifteen')
    await opsx(['figures', 'measure'])
    expect(lock().checks).toMatchObject({ value: 15, dirty: false })
  })

  it('lets one failed figure stop no other, keeps its entry, and exits with 1', async () => {
    const { opsx, lock, write } = bench(TWO.replace('no number', '3'), { checks: '14\n' })
    await opsx(['figures', 'measure', '--trust'])
    write({ 'openspec/figures.yaml': TWO, checks: '15\n' })
    const { exitCode, stdout } = await opsx(['figures', 'measure', '--trust'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('✗ broken: the command printed more than one number, or none: "no number"')
    expect(lock()).toMatchObject({ checks: { value: 15 }, broken: { value: 3 } })
  })

  it.each([
    ['sleep 600', 'the command was stopped after 1 seconds, its timeout'],
    ['yes', 'the command was stopped because it printed too much'],
    ['true', 'the command printed nothing'],
    ['echo 1; echo 2', 'the command printed more than one number, or none: "1\n2"'],
    ['echo 26; echo why >&2; exit 1', 'the command exited with 1: why'],
    ['sleep 600 & sleep 600 & wait', 'the command was stopped after 1 seconds, its timeout'],
    ['echo 0', 'its value is 0, which is most often a mistake; --allow-zero accepts it'],
  ])('ends in one clear error and leaves the lock untouched: %s', async (run, reason) => {
    const definition = (command: string) =>
      `figures:\n  x: { measure: { run: ${JSON.stringify(command)}, timeout: 1 } }\n`
    const { opsx, read, write } = bench(definition('echo 26'))
    await opsx(['figures', 'measure', '--trust'])
    const before = read(LOCK)
    write({ 'openspec/figures.yaml': definition(run) })
    const ended = await opsx(['figures', 'measure', '--trust', '--json'])
    expect(ended.exitCode).toBe(1)
    expect(ended.json().figures).toMatchObject([{ outcome: 'failed', reason, before: 26 }])
    expect(read(LOCK)).toBe(before)
  })

  it('accepts a zero when asked to, and again without being asked', async () => {
    const { opsx, lock } = bench('figures:\n  x: { measure: { run: "echo 0" } }\n')
    expect((await opsx(['figures', 'measure', '--trust', '--allow-zero'])).exitCode).toBe(0)
    expect(lock().x.value).toBe(0)
    expect((await opsx(['figures', 'measure'])).exitCode).toBe(0)
  })

  it('runs as often as asked and takes the median', async () => {
    const { opsx, lock } = bench(
      'figures:\n  x: { measure: { run: "echo x >> runs; wc -l < runs", runs: 5, aggregate: median } }\n',
    )
    await opsx(['figures', 'measure', '--trust'])
    expect(lock().x).toMatchObject({ value: 3, runs: 5, raw: '1 | 2 | 3 | 4 | 5' })
  })

  it('measures only what is named and its operands', async () => {
    const { opsx, lock } = bench(
      'figures:\n  a: { measure: { run: "echo 1" } }\n  b: { measure: { run: "echo 2" } }\n  c: { derive: "b * 2" }\n',
    )
    await opsx(['figures', 'measure', 'c', '--trust'])
    expect(Object.fromEntries(Object.entries(lock()).map(([name, each]) => [name, each.value]))).toEqual({
      b: 2,
      c: 4,
    })
    const missing = await opsx(['figures', 'measure', 'bb'])
    expect(missing).toMatchObject({ exitCode: 2 })
    expect(missing.stderr).toContain('There is no figure bb.')
  })

  it('reads a JUnit report that the command wrote, and none that lay there before', async () => {
    const report = '<testsuite><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>'
    const figures = (run: string) =>
      `figures:\n  tests: { measure: { run: ${JSON.stringify(run)}, parse: { junit: "out/*.xml" } }, yields: { passed: {}, failed: {}, skipped: {} }, derive: { defined: "passed + failed + skipped" } }\n`
    const { opsx, lock, write } = bench(figures('true'), { 'out/old.xml': report })
    const stale = await opsx(['figures', 'measure', '--trust', '--json'])
    expect(stale.json().figures[0].reason).toBe(
      'the command wrote no report: out/old.xml is from an earlier run',
    )
    write({ 'openspec/figures.yaml': figures(`echo '${report}' > out/new.xml; exit 1`) })
    expect((await opsx(['figures', 'measure', '--trust'])).exitCode).toBe(0)
    const values = Object.entries(lock()).map(([name, each]) => [name, each.value])
    expect(Object.fromEntries(values)).toEqual({
      'tests.passed': 1,
      'tests.failed': 0,
      'tests.skipped': 1,
      'tests.defined': 2,
    })
  })

  it('measures a figure that only a change defines, and its definition of another when the change is named', async () => {
    const { opsx, lock } = bench('figures:\n  a: { measure: { run: "echo 1" } }\n', {
      'openspec/changes/more/proposal.md': '## Why\n',
      'openspec/changes/more/figures.yaml':
        'figures:\n  a: { measure: { run: "echo 2" } }\n  b: { measure: { run: "echo 3" } }\n',
    })
    await opsx(['figures', 'measure', '--trust'])
    expect([lock().a.value, lock().b.value]).toEqual([1, 3])
    await opsx(['figures', 'measure', '--trust', '--change', 'more'])
    expect(lock().a.value).toBe(2)
  })

  it('does not touch a lock that it cannot read whole', async () => {
    const { opsx, read, write } = bench(CHECKS, { checks: '14\n', [LOCK]: '{\n<<<<<<< HEAD\n' })
    const { exitCode, stderr } = await opsx(['figures', 'measure', '--trust'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`${LOCK}:2 cannot be read: it has an unresolved merge conflict.`)
    expect(read(LOCK)).toBe('{\n<<<<<<< HEAD\n')
    write({ [LOCK]: null })
  })

  it('never replaces the value of another platform', async () => {
    const { opsx, read, write } = bench(CHECKS, { checks: '14\n' })
    await opsx(['figures', 'measure', '--trust'])
    write({ [LOCK]: read(LOCK).replace(/"platform": "[^"]+"/, '"platform": "plan9-mips"'), checks: '15\n' })
    const before = read(LOCK)
    const { exitCode, stdout } = await opsx(['figures', 'measure'])
    expect(exitCode).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'checks: 15 checks here, 14 checks recorded; the recorded value was measured on plan9-mips and is kept',
    )
    expect(read(LOCK)).toBe(before)
    expect((await opsx(['figures', 'measure', '--check'])).exitCode).toBe(1)
  })

  it('asks for a figures.yaml', async () => {
    const { opsx } = bench(CHECKS)
    rmSync(`${open[0]?.path}/openspec/figures.yaml`)
    expect(await opsx(['figures', 'measure'])).toMatchObject({ exitCode: 2 })
  })
})

describe.skipIf(process.platform === 'win32')('opsx figures measure --check', () => {
  it('passes what was measured and writes nothing', async () => {
    const { opsx, read } = bench(CHECKS, { checks: '14\n' })
    await opsx(['figures', 'measure', '--trust'])
    const before = read(LOCK)
    expect(await opsx(['figures', 'measure', '--check'])).toMatchObject({
      exitCode: 0,
      stdout: '✓ checks is as recorded.\n',
    })
    expect(read(LOCK)).toBe(before)
  })

  it.each([
    ['a value', (text: string) => text.replace('"value": 14', '"value": 26')],
    [
      'a value and its platform',
      (text: string) =>
        text.replace('"value": 14', '"value": 26').replace(/"platform": "[^"]+"/, '"platform": "x"'),
    ],
  ])('catches a lock in which a hand changed %s, and names both values', async (_, edit) => {
    const { opsx, read, write } = bench(CHECKS, { checks: '14\n' })
    await opsx(['figures', 'measure', '--trust'])
    write({ [LOCK]: edit(read(LOCK)) })
    const { exitCode, stdout } = await opsx(['figures', 'measure', '--check'])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/✗ checks: 14 checks .*26 checks recorded/)
    expect(read(LOCK)).toContain('"value": 26')
  })

  it('catches a value that was never recorded and a derived one that was edited', async () => {
    const { opsx, read, write } = bench(
      'figures:\n  a: { measure: { run: "echo 2" } }\n  b: { derive: "a * 2" }\n',
    )
    expect((await opsx(['figures', 'measure', '--check', '--trust'])).exitCode).toBe(1)
    await opsx(['figures', 'measure', '--trust'])
    expect((await opsx(['figures', 'measure', '--check'])).exitCode).toBe(0)
    write({ [LOCK]: read(LOCK).replace('"value": 4', '"value": 5') })
    const { exitCode, stdout } = await opsx(['figures', 'measure', '--check'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('✗ b: 4 measured, 5 recorded')
  })
})

describe.skipIf(process.platform === 'win32')('a command that was not accepted', () => {
  it('is refused before anything runs, with the command and without its control characters', async () => {
    const run = 'touch ran; echo \\u001b[2J14'
    const { opsx, lock } = bench(`figures:\n  x: { measure: { run: "${run}" } }\n`)
    const { exitCode, stderr } = await opsx(['figures', 'measure'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('This command was not accepted yet: x runs touch ran; echo [2J14')
    expect(stderr).not.toContain('\u001b[2J')
    expect(stderr).toContain('COMMAND_NOT_TRUSTED')
    expect(lock()).toEqual({})
  })

  it('runs once it was accepted, here, and is refused again when it changes', async () => {
    const { opsx, write } = bench(CHECKS, { checks: '14\n' })
    expect((await opsx(['figures', 'measure'])).exitCode).toBe(1)
    expect((await opsx(['figures', 'measure', '--trust'])).exitCode).toBe(0)
    expect((await opsx(['figures', 'measure'])).exitCode).toBe(0)
    write({ 'openspec/figures.yaml': CHECKS.replace('cat checks', 'cat ./checks') })
    expect((await opsx(['figures', 'measure'])).exitCode).toBe(1)
    expect((await bench(CHECKS, { checks: '14\n' }).opsx(['figures', 'measure'])).exitCode).toBe(1)
  })

  it.each([
    ['y', 0],
    ['', 1],
    ['no', 1],
  ])('runs when the person at the terminal says so: "%s"', async (answer, exitCode) => {
    const asked: string[] = []
    const { opsx } = bench(CHECKS, { checks: '14\n' })
    const ran = await opsx(['figures', 'measure'], {
      wrap: context =>
        contextWith(context, {
          terminal: Object.create(context.terminal, {
            interactive: { value: true },
            ask: {
              value: async (question: string) => {
                asked.push(question)
                return answer
              },
            },
          }),
        }),
    })
    expect(ran.exitCode).toBe(exitCode)
    expect(asked).toHaveLength(1)
    expect(ran.stderr).toContain('checks runs a command that was not accepted here yet:\n  cat checks\n')
    expect((await opsx(['figures', 'measure'])).exitCode).toBe(exitCode)
  })

  it('runs in CI when the merge base has it, and never when only the branch has it', async () => {
    const { opsx, branch, commit } = bench(CHECKS, { checks: '14\n' })
    const ci = { env: { CI: 'true' } }
    branch('work')
    commit('more', { checks: '15\n' })
    expect((await opsx(['figures', 'measure', '--check'], ci)).exitCode).toBe(1)
    expect((await opsx(['figures', 'measure'], ci)).exitCode).toBe(0)
    commit('another command', { 'openspec/figures.yaml': CHECKS.replace('cat checks', 'echo 16') })
    await opsx(['figures', 'measure', '--trust'])
    const refused = await opsx(['figures', 'measure'], ci)
    expect(refused).toMatchObject({ exitCode: 1 })
    expect(refused.stderr).toContain('checks runs echo 16')
    // A pull request can add the flag to a workflow, so it accepts nothing here.
    expect((await opsx(['figures', 'measure', '--trust'], ci)).exitCode).toBe(1)
  })

  it('runs in CI on the default branch when it is committed there, and not when it only lies there', async () => {
    const { opsx, write, commit } = bench(CHECKS, { checks: '14\n' })
    const ci = { env: { CI: 'true' } }
    expect((await opsx(['figures', 'measure'], ci)).exitCode).toBe(0)
    write({ 'openspec/figures.yaml': CHECKS.replace('cat checks', 'echo 16') })
    expect((await opsx(['figures', 'measure'], ci)).exitCode).toBe(1)
    commit('accepted')
    expect((await opsx(['figures', 'measure'], ci)).exitCode).toBe(0)
  })
})
