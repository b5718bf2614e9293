import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFile, VERIFY } from '../support/scenario.ts'
import {
  changeOf,
  DELTA,
  DESIGN,
  DIRECTORY,
  MAIN_SPEC,
  mainSpec,
  OPEN,
  PROPOSAL_BODY,
  requirement,
  scenario,
  TASKS,
  TWO_SCENARIOS,
} from '../verify-cli/subject.ts'
import { createMeasured, deltaSaying, figureFindings, type Measured, workOf } from './measured-change.ts'

const PROPOSAL = `${DIRECTORY}/proposal.md`
const OLD = 'there are 27 checks <!-- fig: checks=27 -->'
const NOW = 'there are 26 checks <!-- fig: checks=26 -->'

const mainSaying = (then: string, purpose = 'Palette') =>
  mainSpec(requirement(purpose, scenario('Chosen', then), TWO_SCENARIOS[1]), requirement('Contrast'))

/** Verifies everything and returns the findings about figures. */
async function told({ opsx }: Measured, ...args: string[]) {
  return figureFindings(await opsx(['verify', '--json', ...args]))
}

async function withWork(files: Record<string, string>, base = {}): Promise<Measured> {
  const subject = await createMeasured(base)
  subject.repository.commit('Work', workOf(files))
  return subject
}

describe.skipIf(process.platform === 'win32')('opsx verify, of figures', () => {
  it('is red for a bound number of a delta spec that is not what was measured, with the place and both values', async () => {
    const subject = await withWork({ [DELTA]: deltaSaying(OLD) })
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(ran.json().changes).toMatchObject([{ decision: 'fail' }])
    const line =
      deltaSaying(OLD)
        .split('\n')
        .findIndex(each => each.includes('27')) + 1
    expect(figureFindings(ran)).toMatchObject([
      {
        code: 'figure/drift',
        severity: 'critical',
        file: DELTA,
        line,
        figure: 'checks',
        asserted: '27 checks',
        measured: '26 checks',
      },
    ])
    expect(existsSync(join(subject.repository.path, 'ran'))).toBe(false)
  })

  it('warns in a proposal and a design, and is a suggestion in tasks', async () => {
    const subject = await withWork({
      [PROPOSAL]: `${PROPOSAL_BODY}\n${OLD}\n`,
      [TASKS]: `${changeOf()[TASKS]}\n${OLD}\n`,
    })
    expect((await told(subject)).map(({ code, severity, file }) => [code, severity, file])).toEqual([
      ['figure/drift', 'warning', PROPOSAL],
      ['figure/drift', 'info', TASKS],
    ])
    expect((await subject.opsx(['verify'])).exitCode).toBe(0)
  })

  it('is red for a main spec, until an active delta has the value and is named', async () => {
    const base = { [MAIN_SPEC]: mainSaying(OLD) }
    const subject = await withWork({}, base)
    expect(await told(subject)).toMatchObject([
      { code: 'figure/drift', severity: 'critical', file: MAIN_SPEC },
    ])
    subject.repository.commit('Say it', { [DELTA]: deltaSaying(NOW) })
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(figureFindings(ran)).toMatchObject([{ code: 'figure/drift', severity: 'info', file: MAIN_SPEC }])
    expect(figureFindings(ran)[0]?.message).toContain('add-dark-mode')
  })

  it.each([OLD, NOW])('reports neither drift nor pass for a stale value: %s', async then => {
    const subject = await withWork({ [DELTA]: deltaSaying(then), 'measured/checks': '25\n' })
    const ran = await subject.opsx(['verify', '--json'])
    expect(figureFindings(ran)).toMatchObject([
      { code: 'figure/stale', severity: 'warning', file: DELTA, figure: 'checks' },
    ])
    expect(ran.json().changes).toMatchObject([{ decision: 'warn' }])
  })

  it('reports that a bound figure was never measured', async () => {
    const subject = await withWork({
      [DELTA]: deltaSaying(NOW),
      'openspec/figures.lock.json': '{"version":1,"figures":{}}',
    })
    expect(await told(subject)).toMatchObject([
      { code: 'figure/unmeasured', severity: 'warning', file: DELTA, figure: 'checks' },
    ])
  })

  it('finds two main specs that contradict one another', async () => {
    const other = 'openspec/specs/audit/spec.md'
    const subject = await createMeasured({ [MAIN_SPEC]: mainSaying(NOW), [other]: mainSaying(OLD) })
    expect((await told(subject)).map(({ code, file }) => [code, file])).toEqual(
      expect.arrayContaining([
        ['figure/drift', other],
        ['figure/conflict', expect.stringContaining('openspec/specs/')],
      ]),
    )
  })

  it('looks into files that scan and claims name, and reports a claim that finds nothing', async () => {
    const definitions = `scan: [README.md]
claims:
  - { file: package.json, pattern: '"(\\d+) checks"', figure: checks }
  - { file: gone.json, pattern: '(\\d+)', figure: checks }
`
    const subject = await createMeasured()
    const figures = readFile(subject.repository, 'openspec/figures.yaml')
    subject.repository.commit('Scan', {
      'openspec/figures.yaml': figures + definitions,
      'README.md': `# It\n\n${OLD}\n\nAll 27 checks pass.\n`,
      'package.json': '{\n  "says": "27 checks"\n}\n',
    })
    expect(
      (await told(subject)).map(({ code, severity, file, line }) => [code, severity, file, line]),
    ).toEqual(
      expect.arrayContaining([
        ['figure/drift', 'warning', 'README.md', 3],
        ['figure/former-value', 'warning', 'README.md', 5],
        ['figure/drift', 'warning', 'package.json', 2],
        ['figure/claim', 'critical', 'openspec/figures.yaml', expect.any(Number)],
      ]),
    )
    expect(await told(subject)).toHaveLength(4)
  })

  it('leaves history, archived changes and its own report alone', async () => {
    const subject = await withWork({
      [`${DIRECTORY}/brainstorm.md`]: `${OLD}\nAll 27 checks pass.\n`,
      [`${DIRECTORY}/retrospective.md`]: `${OLD}\n`,
      'openspec/changes/archive/2026-01-01-old/proposal.md': `${OLD}\n`,
      [DESIGN]: `${changeOf()[DESIGN]}\nThe surface entered at 27 checks. <!-- fig: checks was 27 -->\n`,
    })
    expect(await told(subject)).toEqual([])
  })

  it.each([
    ['openspec/figures.yaml', 'figures: [', 'figure/definition', 'openspec/figures.yaml'],
    ['openspec/figures.lock.json', '{', 'figure/lock', 'openspec/figures.lock.json'],
    [`${DIRECTORY}/figures.yaml`, 'figures: [', 'figure/definition', `${DIRECTORY}/figures.yaml`],
  ])('says once that %s is broken, and goes on', async (path, text, code, file) => {
    const subject = await withWork({ [path]: text, [TASKS]: '- [x] 1.1 Done\n- [x] 1.1 Again\n' })
    const ran = await subject.opsx(['verify', '--json'])
    expect(figureFindings(ran).filter(each => each.code === code)).toMatchObject([{ file }])
    expect(figureFindings(ran)).toHaveLength(1)
    expect(ran.json().changes).toHaveLength(1)
  })

  it('puts the definitions of a change over those of the repository, in that change alone', async () => {
    const subject = await withWork({
      [`${DIRECTORY}/figures.yaml`]:
        'figures:\n  palettes: { measure: { manual: 2, by: Ada, evidence: "src/theme.ts:1" } }\n',
      [DELTA]: deltaSaying('there are 3 palettes <!-- fig: palettes=3 -->'),
      ...changeOf({ name: 'other', delta: '## ADDED Requirements\n' }),
      'openspec/changes/other/design.md': '3 palettes <!-- fig: palettes=3 -->\n',
    })
    expect(await told(subject)).toMatchObject([
      { code: 'figure/unmeasured', severity: 'warning', change: 'add-dark-mode', figure: 'palettes' },
      { code: 'figure/unknown', severity: 'critical', change: 'other', figure: 'palettes' },
    ])
  })

  it('counts tasks, requirements and scenarios itself, in each change', async () => {
    const bound =
      '3 tasks <!-- fig: tasks.total=3 -->\n\n1 requirement, 2 scenarios <!-- fig: requirements=1, scenarios=2 -->\n'
    const subject = await withWork({ [DESIGN]: `${changeOf()[DESIGN]}\n${bound}` })
    expect(await told(subject)).toMatchObject([
      { code: 'figure/drift', file: DESIGN, figure: 'tasks.total', asserted: '3', measured: '2' },
    ])
  })

  it('reports which names a set lacks and has', async () => {
    const names = 'has cargo-lock-sync, no graph-invariants'
    const comment = '<!-- fig: names has graph-invariants, names lacks fmt, names has cargo-lock-sync -->'
    const subject = await withWork({ [DELTA]: deltaSaying(`${names} ${comment}`) })
    expect(
      (await told(subject)).map(({ severity, asserted, measured }) => [severity, asserted, measured]),
    ).toEqual([
      ['critical', 'has graph-invariants', 'lacks graph-invariants'],
      ['critical', 'lacks fmt', 'has fmt'],
    ])
  })

  it('reports a broken budget whatever a text claims, and is red for it', async () => {
    const subject = await withWork({})
    await subject.measure({ 'measured/start': '260\n' })
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(figureFindings(ran)).toMatchObject([
      { code: 'figure/budget', severity: 'critical', file: 'openspec/figures.yaml', figure: 'start' },
    ])
  })

  it('does not gate on a drift while tasks are open, and still decides FAIL', async () => {
    const subject = await withWork({ [DELTA]: deltaSaying(OLD), [TASKS]: OPEN })
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(figureFindings(ran)).toMatchObject([{ code: 'figure/drift', severity: 'info' }])
    expect(ran.json().changes).toMatchObject([{ decision: 'fail' }])
  })

  it('warns of a binding and of a gate in a repository that defines no figures', async () => {
    const subject = await withWork({
      'openspec/figures.yaml': null as unknown as string,
      [DELTA]: deltaSaying(NOW),
      [TASKS]: '- [x] 1.1 Measure <!-- gate: checks=26 -->\n',
    })
    expect(await told(subject)).toMatchObject([
      { code: 'figure/none-defined', severity: 'warning', file: DELTA },
      { code: 'figure/none-defined', severity: 'warning', file: TASKS, line: 1 },
    ])
  })
})

describe.skipIf(process.platform === 'win32')('the verify report, of figures', () => {
  it('has a table of the bound figures and a digest of their values, and is written once', async () => {
    const subject = await withWork({
      [DELTA]: deltaSaying(NOW),
      [DESIGN]: `${changeOf()[DESIGN]}\n${OLD}\n`,
    })
    const first = await subject.opsx(['verify', '--write', '--json'])
    expect(first.json().writes).toContain(VERIFY)
    const report = readFile(subject.repository, VERIFY)
    expect(report).toMatch(
      /^\| `checks` \| 26 checks \| 27 checks \| — \| 26 checks \| .*cat measured\/checks.* \|$/m,
    )
    expect(report).toMatch(/^figures: sha256:[0-9a-f]{64}$/m)
    const second = await subject.opsx(['verify', '--write', '--json'])
    expect(second.json().writes).toEqual([])
    expect(readFile(subject.repository, VERIFY)).toBe(report)
    expect(existsSync(join(subject.repository.path, 'ran'))).toBe(false)
  })

  it('becomes stale when a value that it depends on changes, and with no other value', async () => {
    const subject = await withWork({ [DELTA]: deltaSaying(NOW) })
    await subject.opsx(['verify', '--write'])
    subject.repository.commit('Record the verdict')
    const stale = async () =>
      (await subject.opsx(['verify', '--json']))
        .json()
        .findings.filter(({ code }: { code: string }) => code === 'verify/stale')
    await subject.measure({ 'measured/start': '201\n' })
    subject.repository.git('checkout', '--quiet', '--', 'measured')
    expect(await stale()).toEqual([])
    await subject.measure({ 'measured/checks': '25\n' })
    expect(await stale()).toMatchObject([{ severity: 'warning', evidence: { what: 'figures' } }])
  })
})
