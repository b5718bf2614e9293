import { describe, expect, it } from 'vitest'
import { readFile, VERIFY } from '../support/scenario.ts'
import {
  CHANGE,
  CODE,
  changeOf,
  createBase,
  createFeature,
  DELTA,
  DIRECTORY,
  DONE,
  MAIN_SPEC,
  mainSpec,
  OPEN,
  reported,
  requirement,
  scenario,
  TASKS,
  TWO_SCENARIOS,
} from './subject.ts'

const LOCK = `${DIRECTORY}/specs/theme/base.lock.json`
const UNTICKED = '- [ ] 1.1 Add the theme\n'

describe('verify --write without anything to verify', () => {
  it('writes no file before a task is checked, and reports that', async () => {
    const { opsx, repository } = createFeature(changeOf({ tasks: UNTICKED }))
    const ran = await opsx(['verify', CHANGE, '--write'])
    expect(ran.exitCode).toBe(0)
    expect(ran.stdout).toMatch(/nothing to verify yet[\s\S]*no task is checked/i)
    expect(repository.status()).toEqual([])
    const json = await opsx(['verify', '--write', '--json'])
    expect(json.json()).toMatchObject({ writes: [], changes: [{ ready: false }] })
  })

  it('writes no file before the branch has a commit of its own, and reports that', async () => {
    const { opsx, repository } = createBase()
    repository.branch('feature')
    repository.write(changeOf())
    const before = repository.status()
    const ran = await opsx(['verify', CHANGE, '--write'])
    expect(ran.stdout).toMatch(/nothing to verify yet[\s\S]*no commit of its own/i)
    expect(repository.status()).toEqual(before)
  })

  it('counts the commit that adds the change on the default branch, pushed or not', async () => {
    const { opsx, repository } = createBase()
    repository.write(changeOf())
    const before = await opsx(['verify', '--write', '--json'])
    expect(before.json()).toMatchObject({ writes: [], changes: [{ ready: false }] })
    const sha = repository.commit('Add the change')
    repository.commit('More')
    const after = await opsx(['verify', '--write', '--json'])
    expect(after.json().writes).toContain(VERIFY)
    expect(readFile(repository, VERIFY)).toContain(`\`${sha.slice(0, 7)}..`)
    expect(readFile(repository, VERIFY)).toContain('(2 commits)')
  })
})

describe('verify --write', () => {
  it.each([
    ['pass', '(pass) PASS', DONE],
    ['fail', '(fail) FAIL', OPEN],
  ] as const)('ticks exactly one decision: %s', async (decision, box, tasks) => {
    const { opsx, repository } = createFeature(changeOf({ tasks }))
    const ran = await opsx(['verify', '--write', '--json'])
    expect(ran.json().changes[0].decision).toBe(decision)
    expect(ran.json().writes).toEqual([LOCK, VERIFY])
    const decisionSection = readFile(repository, VERIFY).split('## Overall Decision')[1] ?? ''
    const ticked = decisionSection.split('\n').filter(line => line.startsWith('- [x] '))
    expect(ticked).toHaveLength(1)
    expect(ticked[0]).toContain(`- [x] ${box}`)
    expect(decisionSection.match(/^- \[ \] \(/gm)).toHaveLength(2)
    const again = await opsx(['verify', '--json'])
    expect(again.json().changes[0].decision).toBe(decision)
    expect(again.exitCode).toBe(0)
  })

  it('reports which files it wrote', async () => {
    const { opsx } = createFeature()
    expect((await opsx(['verify', '--write'])).stdout).toContain(VERIFY)
  })

  it('writes nothing when run again, committed or not, for one change or all', async () => {
    const other = changeOf({ name: 'add-sound', delta: `## ADDED Requirements\n\n${requirement('Sound')}` })
    const { opsx, repository } = createFeature({ ...changeOf(), ...other })
    const first = await opsx(['verify', '--write', '--json'])
    expect(first.json().writes).toHaveLength(4)
    const texts = () => first.json().writes.map((path: string) => readFile(repository, path))
    const before = texts()
    for (const args of [[], [CHANGE], ['--all']]) {
      const ran = await opsx(['verify', ...args, '--write', '--json'])
      expect([ran.exitCode, reported(ran), ran.json().writes]).toEqual([0, [], []])
    }
    repository.commit('Record the verdict')
    for (const args of [[], [CHANGE], ['--all']]) {
      const ran = await opsx(['verify', ...args, '--write', '--json'])
      expect([ran.exitCode, reported(ran), ran.json().writes]).toEqual([0, [], []])
    }
    expect(texts()).toEqual(before)
  })

  it('keeps the people’s section byte for byte, and counts its findings', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    const odd =
      '## Reviewer findings\r\n\r\n- WARNING: the switch is \u00a0too small\t \r\n* SUGGESTION (carried: next quarter): an icon 🌚\n\r\nSaid:\r\n```\n- CRITICAL: only quoted\n```\n- CRITICAL: none\n\u200b\n'
    const text = readFile(repository, VERIFY).replace(
      /## Reviewer findings[\s\S]*?(?=\n## Overall)/,
      () => odd,
    )
    repository.write({ [VERIFY]: text })
    const ran = await opsx(['verify', '--write', '--json'])
    expect(ran.json().changes).toMatchObject([{ decision: 'warn' }])
    const written = readFile(repository, VERIFY)
    expect(written).toContain(odd)
    expect(written).toMatch(/^- \[x\] \(warn\) PASS WITH WARNINGS/m)
    expect(written).toContain('0 critical, 1 warning, 1 carried suggestion')
    expect((await opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
    expect(readFile(repository, VERIFY)).toBe(written)

    repository.write({ [VERIFY]: written.replace('- WARNING: the switch', '- CRITICAL: the switch') })
    await opsx(['verify', '--write'])
    expect(readFile(repository, VERIFY)).toMatch(/^- \[x\] \(fail\) FAIL/m)
    expect(readFile(repository, VERIFY)).toContain('- CRITICAL: the switch is \u00a0too small\t \r\n')
  })

  it('names new code in the evidence when the branch goes on after a report', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    repository.commit('Go on', {
      'src/switch.ts': 'export const on = true\n',
      [CODE]: 'export const dark = 2\n',
    })
    await opsx(['verify', '--write'])
    const text = readFile(repository, VERIFY)
    expect(text).toContain(`path: ${CODE}`)
    expect(text).toContain('path: src/switch.ts')
  })
})

describe('the base of a delta', () => {
  it('is recorded once, and a main spec that moved since is reported at the scenario', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    const lock = readFile(repository, LOCK)
    repository.commit('Record the verdict')
    repository.checkout('main')
    const moved = mainSpec(
      requirement('Palette', scenario('Chosen', 'the page is grey'), TWO_SCENARIOS[1]),
      requirement('Contrast'),
    )
    repository.commit('Fold another change', { [MAIN_SPEC]: moved })
    repository.checkout('feature')
    repository.git('rebase', '--quiet', 'main')

    const ran = await opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(1)
    const line = readFile(repository, DELTA).split('\n').indexOf('#### Scenario: Chosen') + 1
    expect(ran.json().findings).toContainEqual(
      expect.objectContaining({ code: 'delta/base-moved', severity: 'critical', file: DELTA, line }),
    )
    const written = await opsx(['verify', '--write', '--json'])
    expect(written.json().writes).toEqual([VERIFY])
    expect(readFile(repository, LOCK)).toBe(lock)
    expect(readFile(repository, VERIFY)).toMatch(/^- \[x\] \(fail\) FAIL/m)
  })

  it('is not written over a lock that cannot be read, such as one with conflict markers', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    const broken = `<<<<<<< ours\n${readFile(repository, LOCK)}`
    repository.commit('Merge badly', { [LOCK]: broken })
    const ran = await opsx(['verify', '--write', '--json'])
    expect(reported(ran)).toEqual(['warning delta/base-lock'])
    expect(ran.json().writes).toEqual([VERIFY])
    expect(readFile(repository, LOCK)).toBe(broken)
  })

  it('gets an entry for a requirement that the delta takes in later, and keeps those it has', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    const before = JSON.parse(readFile(repository, LOCK)).requirements
    const more = requirement('Contrast', scenario('Chosen', 'letters are white'))
    repository.commit('Take in more', { [DELTA]: `${readFile(repository, DELTA)}\n${more}` })
    expect((await opsx(['verify', '--write', '--json'])).json().writes).toEqual([LOCK, VERIFY])
    const after = JSON.parse(readFile(repository, LOCK)).requirements
    expect(Object.keys(after)).toHaveLength(2)
    expect(after).toMatchObject(before)
  })

  it('does not count as moved when another requirement did', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    repository.commit('Record the verdict', {
      [MAIN_SPEC]: mainSpec(
        requirement('Palette', ...TWO_SCENARIOS),
        requirement('Contrast', scenario('Chosen', 'letters are white')),
      ),
    })
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
    expect(readFile(repository, TASKS)).toContain('[x]')
  })
})
