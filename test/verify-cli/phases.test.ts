import { describe, expect, it } from 'vitest'
import { verifyText } from '../support/scenario.ts'
import { changeOf, createBase, createFeature, DIRECTORY, DONE, OPEN, reported, TASKS } from './subject.ts'

const DEBT = 'ledger/archive-debt'

type Code = { code: string }

const FORMATS = ['text', 'json', 'github', 'sarif', 'junit', 'markdown']

describe('what a run reports depends on the phase', () => {
  it('is green for a whole change', async () => {
    const { opsx } = createFeature()
    const ran = await opsx(['verify', '--json'])
    expect(reported(ran)).toEqual([])
    expect(ran.exitCode).toBe(0)
    expect(ran.json().changes).toMatchObject([{ decision: 'pass', ready: true }])
  })

  it('is green while tasks are open, and red once the verify report claims a pass', async () => {
    const { opsx, repository } = createFeature(changeOf({ tasks: OPEN }))
    const before = await opsx(['verify', '--strict', '--json'])
    expect(before.exitCode).toBe(0)
    expect(reported(before)).toEqual([])
    repository.write({ [`${DIRECTORY}/verify.md`]: verifyText('PASS') })
    const after = await opsx(['verify', '--json'])
    expect(after.exitCode).toBe(1)
    expect(after.json().findings).toContainEqual(
      expect.objectContaining({ code: 'tasks/open', severity: 'critical', file: TASKS, line: 4 }),
    )
    expect(before.json().changes[0].decision).toBe('fail')
    expect(after.json().changes[0].decision).toBe('fail')
  })

  it('warns of the archive only once the PASS is on the default branch, whatever of the change is there', async () => {
    const { opsx, repository } = createBase(changeOf({ tasks: OPEN }))
    repository.branch('feature')
    repository.commit('Build', { [TASKS]: DONE })
    await opsx(['verify', '--write'])
    const debt = async () =>
      (await opsx(['verify', '--json'])).json().findings.filter(({ code }: Code) => code === DEBT)
    expect(await debt()).toMatchObject([{ severity: 'info' }])
    repository.commit('Record the verdict')
    expect(await debt()).toMatchObject([{ severity: 'info' }])
    repository.checkout('main')
    repository.git('merge', '--quiet', '--ff-only', 'feature')
    expect(await debt()).toMatchObject([{ severity: 'warning' }])
    repository.branch('other')
    repository.commit('Elsewhere', { 'src/other.ts': 'export {}\n' })
    expect(await debt()).toMatchObject([{ severity: 'warning' }])
  })

  it('has no finding for a scaffold', async () => {
    const { opsx } = createBase()
    await opsx(['new', 'add-sound'])
    for (const more of [[], ['--strict'], ['--fail-on', 'suggestion']]) {
      const ran = await opsx(['verify', '--json', ...more])
      expect([ran.exitCode, reported(ran)]).toEqual([0, []])
    }
  })
})

describe('the severity that gates', () => {
  const WARNING = { 'docs/superpowers/specs/theme.md': '# A spec beside the front door\n' }
  const SUGGESTION = { ...changeOf(), [TASKS]: '- [x] 1.1 Add the theme as D7 says\n' }

  it.each<[string, Record<string, string | null>, string[], number]>([
    ['a warning alone', { ...changeOf(), ...WARNING }, [], 0],
    ['a warning with --strict', { ...changeOf(), ...WARNING }, ['--strict'], 1],
    ['a warning with --fail-on warning', { ...changeOf(), ...WARNING }, ['--fail-on', 'warning'], 1],
    ['a warning with --fail-on critical', { ...changeOf(), ...WARNING }, ['--fail-on', 'critical'], 0],
    ['a suggestion with --strict', SUGGESTION, ['--strict'], 0],
    ['a suggestion with --fail-on suggestion', SUGGESTION, ['--fail-on', 'suggestion'], 1],
    ['an explicit --fail-on beside --strict', SUGGESTION, ['--strict', '--fail-on', 'suggestion'], 1],
  ])('%s', async (_, files, args, exitCode) => {
    const ran = await createFeature(files).opsx(['verify', '--json', ...args])
    expect(reported(ran)).toHaveLength(1)
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.json().ok).toBe(exitCode === 0)
  })

  it('is no severity but the three', async () => {
    const ran = await createBase().opsx(['verify', '--fail-on', 'info', '--json'])
    expect(ran.exitCode).toBe(2)
  })
})

describe('the format', () => {
  it.each(FORMATS)('%s never changes the exit code', async format => {
    const green = await createFeature().opsx(['verify', '--format', format])
    expect(green.exitCode).toBe(0)
    const claimed = { ...changeOf({ tasks: OPEN }), [`${DIRECTORY}/verify.md`]: verifyText('PASS') }
    const { opsx } = createFeature(claimed)
    const red = await opsx(['verify', '--format', format])
    expect(red.exitCode).toBe(1)
    expect(red.stdout).toContain('tasks/open')
    expect((await opsx(['verify', 'no-such-change', '--format', format])).exitCode).toBe(2)
  })
})
