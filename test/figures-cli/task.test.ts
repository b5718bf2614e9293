import { describe, expect, it } from 'vitest'
import { contextWith, type RunOptions } from '../support/cli.ts'
import { readFile } from '../support/scenario.ts'
import { CHANGE, TASKS } from '../verify-cli/subject.ts'
import { createMeasured, figureFindings, type Measured, workOf } from './measured-change.ts'

const atTerminal: Partial<RunOptions> = {
  wrap: context =>
    contextWith(context, {
      terminal: Object.create(context.terminal, { interactive: { value: true } }),
      clock: { now: () => new Date('2026-06-14T23:30:00Z') },
    }),
}

async function withTasks(tasks: string): Promise<Measured> {
  const subject = await createMeasured()
  subject.repository.commit('Work', workOf({ [TASKS]: tasks }))
  return subject
}

const GATED =
  '## 1. Theme\r\n\r\n- [ ] 1.1 Measure <!-- gate: checks=26, start<=250 -->\r\n- [x] 1.2 Rest\r\n'
const HUMAN = '- [ ] 1.1 Look at it <!-- gate: human -->\n- [x] 1.2 Rest\n'

describe.skipIf(process.platform === 'win32')('opsx task check, of a box with a gate', () => {
  it('changes the one byte of the box when every condition is true', async () => {
    const subject = await withTasks(GATED)
    const ran = await subject.opsx(['task', 'check', CHANGE, '1.1', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(ran.json().writes).toEqual([TASKS])
    expect(readFile(subject.repository, TASKS)).toBe(GATED.replace('[ ]', '[x]'))
    const again = await subject.opsx(['task', 'check', CHANGE, '1.1', '--json'])
    expect(again.json().writes).toEqual([])
  })

  it.each([
    ['start<=250', { 'measured/start': '260\n' }, /start<=250 is not met: measured 260 ms/],
    ['checks=27', {}, /checks=27 is not met: measured 26 checks/],
    [
      'names has graph-invariants',
      {},
      /names has graph-invariants is not met: measured lacks graph-invariants/,
    ],
    ['tasks.open=0', {}, /tasks.open=0 is not met: measured 1/],
    ['nobody=1', {}, /nobody=1 cannot be judged: no figure is called nobody/],
    ['checks~26', {}, /its gate cannot be read/],
  ])('refuses and says which condition fails, with both values: %s', async (condition, values, says) => {
    const tasks = `- [ ] 1.1 Measure <!-- gate: checks=26, ${condition} -->\n`
    const subject = await withTasks(tasks)
    await subject.measure(values)
    const ran = await subject.opsx(['task', 'check', CHANGE, '1.1'])
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ran.stderr).toMatch(says)
    expect(ran.stderr).toContain(`${TASKS}:1`)
    expect(readFile(subject.repository, TASKS)).toBe(tasks)
    const json = await subject.opsx(['task', 'check', CHANGE, '1.1', '--json'])
    expect(json.json()).toMatchObject({ ok: false, error: { code: 'TASK_REFUSED' } })
  })

  it('refuses on a stale value, even one that meets the condition', async () => {
    const subject = await withTasks(GATED)
    subject.repository.write({ 'measured/checks': '26 \n' })
    const ran = await subject.opsx(['task', 'check', CHANGE, '1.1'])
    expect(ran.exitCode).toBe(1)
    expect(ran.stderr).toMatch(/checks=26 cannot be judged: its inputs have changed since/)
    expect(ran.stderr).toContain('opsx figures measure')
    expect(readFile(subject.repository, TASKS)).toBe(GATED)
  })

  it('checks none of several tasks when the gate of one is closed', async () => {
    const tasks = '- [ ] 1.1 Plain\n- [ ] 1.2 Gated <!-- gate: checks=27 -->\n'
    const subject = await withTasks(tasks)
    expect((await subject.opsx(['task', 'check', CHANGE, '1.1', '1.2'])).exitCode).toBe(1)
    expect(readFile(subject.repository, TASKS)).toBe(tasks)
  })

  it('lets a gated task be deferred and unchecked, whatever was measured', async () => {
    const subject = await withTasks('- [ ] 1.1 Gated <!-- gate: checks=27 -->\n')
    expect((await subject.opsx(['task', 'defer', CHANGE, '1.1'])).exitCode).toBe(0)
    expect((await subject.opsx(['task', 'uncheck', CHANGE, '1.1'])).exitCode).toBe(0)
    expect(readFile(subject.repository, TASKS)).toBe('- [ ] 1.1 Gated <!-- gate: checks=27 -->\n')
  })

  it('requires a person with a name, at a terminal, and removes the name with the check', async () => {
    const subject = await withTasks(HUMAN)
    const check = (by: string[], options?: Partial<RunOptions>) =>
      subject.opsx(['task', 'check', CHANGE, '1.1', ...by], options)
    for (const [by, options, says] of [
      [[], atTerminal, 'needs a person'],
      [['--by', ' '], atTerminal, 'needs a person'],
      [['--by', '<-->'], atTerminal, 'needs a person'],
      [['--by', 'Ada'], {}, 'does not run in a terminal'],
    ] as const) {
      const ran = await check([...by], options)
      expect([by, ran.exitCode]).toEqual([by, 1])
      expect(ran.stderr).toContain(says)
      expect(readFile(subject.repository, TASKS)).toBe(HUMAN)
    }
    expect((await check(['--by', 'Ada Author'], atTerminal)).exitCode).toBe(0)
    expect(readFile(subject.repository, TASKS)).toBe(
      HUMAN.replace('[ ]', '[x]').replace('human', 'human, checked by Ada Author, 2026-06-14'),
    )
    expect(figureFindings(await subject.opsx(['verify', '--json']))).toEqual([])
    expect((await subject.opsx(['task', 'uncheck', CHANGE, '1.1'])).exitCode).toBe(0)
    expect(readFile(subject.repository, TASKS)).toBe(HUMAN)
  })
})

describe.skipIf(process.platform === 'win32')('opsx verify, of a box with a gate', () => {
  it.each([
    ['- [x] 1.1 A <!-- gate: checks=27 -->', 'gate/unmet', 'critical', 1],
    ['- [x] 1.1 A <!-- gate: nobody=27 -->', 'gate/unjudged', 'warning', 0],
    ['- [x] 1.1 A <!-- gate: human -->', 'gate/unjudged', 'warning', 0],
    ['- [x] 1.1 A <!-- gate: checks~27 -->', 'gate/malformed', 'warning', 0],
    ['- [x] 1.1 A <!-- gate: checks=26', 'gate/malformed', 'warning', 0],
  ])('%s is %s', async (tasks, code, severity, exitCode) => {
    const subject = await withTasks(`${tasks}\n`)
    const ran = await subject.opsx(['verify', '--json'])
    expect(figureFindings(ran)).toMatchObject([{ code, severity, file: TASKS, line: 1 }])
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.json().changes[0].decision).toBe(exitCode === 1 ? 'fail' : 'warn')
  })

  it('is a warning for a stale value, and nothing for an open task or one with an open gate', async () => {
    const subject = await withTasks(
      '- [x] 1.1 A <!-- gate: checks=26 -->\n- [~] 1.2 B (deferred: later) <!-- gate: checks=27 -->\n',
    )
    expect(figureFindings(await subject.opsx(['verify', '--json']))).toEqual([])
    subject.repository.write({ 'measured/checks': '26 \n' })
    expect(figureFindings(await subject.opsx(['verify', '--json']))).toMatchObject([
      { code: 'gate/unjudged', severity: 'warning', line: 1 },
    ])
  })
})
