import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Files } from '../support/git-repository.ts'
import { readFile } from '../support/scenario.ts'
import { DELTA, DESIGN, MAIN_SPEC, mainSpec, requirement, scenario } from '../verify-cli/subject.ts'
import {
  createMeasured,
  deltaSaying,
  FIGURES,
  figureFindings,
  type Measured,
  workOf,
} from './measured-change.ts'

const MORE = `  words: { measure: { manual: 9001, by: Ada, evidence: "a.md:1" } }
  lines: { measure: { manual: 20312, by: Ada, evidence: "a.md:1" } }
  share: { unit: "%", measure: { manual: 78.25, by: Ada, evidence: "a.md:1" } }
`
const WITH_MORE = FIGURES.replace('history:', `${MORE}history:`)

const BEFORE = [
  '\uFEFF# Notes\r\n\r\n',
  'There are 27 checks, 27 files and 8,724 words <!-- fig: checks=27, words=8724 -->   \r\n',
  'About 19.7k lines, 77.3% of them covered <!-- fig: lines=19.7k, share=77.3% -->\r\n\n',
  'Twenty-seven checks run <!-- fig: checks=27 -->\n',
  'It grew 12 → 27 checks <!-- fig: checks=27 -->\n',
  'Once 27 <!-- fig: checks was 27 --> and 26 checks <!-- fig: checks=26 -->\n',
  'Unbound: 27 checks\u2028\r\n\t<!-- other --> no newline at the end',
].join('')

const AFTER = BEFORE.replace('There are 27', 'There are 26')
  .replace('8,724', '9,001')
  .replace('checks=27, words=8724', 'checks=26, words=9001')
  .replace('19.7k lines', '20.3k lines')
  .replace('77.3% of', '78.3% of')
  .replace('lines=19.7k, share=77.3%', 'lines=20.3k, share=78.3%')
  .replace('Twenty-seven checks run <!-- fig: checks=27', 'Twenty-six checks run <!-- fig: checks=26')
  .replace('12 → 27 checks <!-- fig: checks=27', '12 → 26 checks <!-- fig: checks=26')

async function withFiles(files: Files, base: Files = {}): Promise<Measured> {
  const subject = await createMeasured(base)
  subject.repository.commit('Work', workOf(files))
  return subject
}

const bytes = ({ repository }: Measured, path: string) => readFileSync(join(repository.path, path))

describe.skipIf(process.platform === 'win32')('opsx figures reconcile', () => {
  it('shows what it would rewrite and writes nothing, then rewrites bound numbers alone, once', async () => {
    const subject = await withFiles({ [DESIGN]: BEFORE }, { 'openspec/figures.yaml': WITH_MORE })
    const shown = await subject.opsx(['figures', 'reconcile'])
    expect(shown.exitCode).toBe(0)
    expect(shown.stdout).toContain(`${DESIGN}:3`)
    expect(shown.stdout).toContain('--write')
    expect(subject.repository.status()).toEqual([])
    const written = await subject.opsx(['figures', 'reconcile', '--write', '--json'])
    expect(written.json()).toMatchObject({ ok: true, writes: [DESIGN] })
    expect(bytes(subject, DESIGN)).toEqual(Buffer.from(AFTER))
    const again = await subject.opsx(['figures', 'reconcile', '--write', '--json'])
    expect(again.json()).toMatchObject({ edits: [], refused: [], writes: [] })
    expect(subject.repository.status()).toEqual([` M ${DESIGN}`])
    expect(existsSync(join(subject.repository.path, 'ran'))).toBe(false)
  })

  it.each([
    ['a line that says that the value stays', 'stays at 27 checks <!-- fig: checks=27 -->', 'stays at 26'],
    ['a budget', 'within 100 ms <!-- fig: start<=100 -->', 'within 200 ms <!-- fig: start<=200 -->'],
  ])('refuses %s, unless it is forced', async (_, line, forced) => {
    const subject = await withFiles({ [DELTA]: deltaSaying(line) })
    const ran = await subject.opsx(['figures', 'reconcile', '--write', '--json'])
    expect(ran).toMatchObject({ exitCode: 1 })
    expect(ran.json()).toMatchObject({ refused: [{ file: DELTA }], writes: [] })
    expect(readFile(subject.repository, DELTA)).toBe(deltaSaying(line))
    expect((await subject.opsx(['figures', 'reconcile', '--write', '--force'])).exitCode).toBe(0)
    expect(readFile(subject.repository, DELTA)).toContain(forced)
  })

  it('refuses a header, unless it is forced', async () => {
    const text = `## ADDED Requirements\n\n${requirement('All 27 checks <!-- fig: checks=27 -->')}`
    const subject = await withFiles({ [DELTA]: text })
    const ran = await subject.opsx(['figures', 'reconcile', '--write', '--json'])
    expect(ran.json()).toMatchObject({ ok: false, refused: [{ figure: 'checks', file: DELTA }], writes: [] })
    expect(readFile(subject.repository, DELTA)).toBe(text)
  })

  it('leaves a main spec alone where an active delta brings the value, and corrects it where none does', async () => {
    const main = mainSpec(
      requirement('Palette', scenario('Chosen', 'there are 27 checks <!-- fig: checks=27 -->')),
    )
    const subject = await withFiles(
      { [DELTA]: deltaSaying('there are 26 checks <!-- fig: checks=26 -->') },
      { [MAIN_SPEC]: main },
    )
    expect((await subject.opsx(['figures', 'reconcile', '--write', '--json'])).json().writes).toEqual([])
    subject.repository.commit('Drop it', { [DELTA]: deltaSaying('it is dark') })
    expect((await subject.opsx(['figures', 'reconcile', '--write', '--json'])).json().writes).toEqual([
      MAIN_SPEC,
    ])
    expect(readFile(subject.repository, MAIN_SPEC)).toBe(main.replaceAll('27', '26'))
  })

  it('touches only the named change, and nothing by a stale value', async () => {
    const line = 'There are 27 checks <!-- fig: checks=27 -->\n'
    const other = 'openspec/changes/other'
    const subject = await withFiles({ [DESIGN]: line, [`${other}/proposal.md`]: line })
    const named = await subject.opsx(['figures', 'reconcile', 'other', '--write', '--json'])
    expect(named.json().writes).toEqual([`${other}/proposal.md`])
    subject.repository.write({ 'measured/checks': '25\n' })
    const stale = await subject.opsx(['figures', 'reconcile', '--write', '--json'])
    expect(stale.json().writes).toEqual([])
    expect(stale.json().refused.length).toBeGreaterThan(0)
    expect((await subject.opsx(['figures', 'reconcile', 'nobody'])).exitCode).toBe(2)
  })
})

describe.skipIf(process.platform === 'win32')('opsx figures check', () => {
  it('exits by --fail-on, reports how much is bound, and runs no command', async () => {
    const subject = await withFiles({
      [DESIGN]: 'There are 27 checks <!-- fig: checks=27 -->\n\nAll 27 checks pass, and 31 doors.\n',
    })
    const ran = await subject.opsx(['figures', 'check'])
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('figures: 1 bound, 1 former-value, ')
    const json = await subject.opsx(['figures', 'check', 'add-dark-mode', '--fail-on', 'critical', '--json'])
    expect(json.exitCode).toBe(0)
    expect(json.json()).toMatchObject({
      schema: 'opsx/figures@1',
      ok: true,
      summary: { bound: 1, formerValues: 1, critical: 0, warning: 2 },
    })
    expect(figureFindings(json).map(({ code, line }) => [code, line])).toEqual([
      ['figure/drift', 1],
      ['figure/former-value', 3],
    ])
    expect(existsSync(join(subject.repository.path, 'ran'))).toBe(false)
    expect((await subject.opsx(['figures', 'check', '--fail-on', 'none'])).exitCode).toBe(2)
  })

  it('reports a repository that defines no figures', async () => {
    const subject = await withFiles({ 'openspec/figures.yaml': null })
    for (const verb of ['check', 'reconcile', 'bind', 'list']) {
      const ran = await subject.opsx(['figures', verb, '--json'])
      expect([verb, ran.exitCode]).toEqual([verb, 2])
      expect(ran.json()).toMatchObject({ ok: false, error: { code: 'FIGURES_UNREADABLE' } })
    }
  })
})

describe.skipIf(process.platform === 'win32')('opsx figures list', () => {
  it('shows every figure with its trend and state', async () => {
    const subject = await withFiles({ 'measured/names': 'other\n' })
    const text = await subject.opsx(['figures', 'list'])
    expect(text.stdout).toMatch(/checks +26 checks +█▁/)
    expect(text.stdout).toMatch(/start +200 ms +<= 250 ms/)
    const json = await subject.opsx(['figures', 'list', '--json'])
    expect(json.json()).toMatchObject({
      schema: 'opsx/figures@1',
      figures: [
        { figure: 'checks', value: 26, unit: 'checks', state: 'fresh', previous: [{ value: 27 }] },
        { figure: 'names', kind: 'set', state: 'stale', reason: expect.stringContaining('inputs') },
        { figure: 'start', value: 200, budget: '<= 250' },
      ],
    })
    expect(existsSync(join(subject.repository.path, 'ran'))).toBe(false)
  })
})

describe.skipIf(process.platform === 'win32')('opsx figures bind', () => {
  it('proposes, asks before it writes, and has nothing left to propose', async () => {
    const subject = await withFiles({ [DESIGN]: 'There are 26 checks.\n\nAnd 26 doors.\n' })
    const proposed = await subject.opsx(['figures', 'bind', '--json'])
    expect(proposed.json()).toMatchObject({
      proposals: [{ file: DESIGN, line: 1, figures: ['checks'], insert: '<!-- fig: checks=26 -->' }],
      writes: [],
    })
    const refused = await subject.opsx(['figures', 'bind', '--write'])
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain('--yes')
    expect(subject.repository.status()).toEqual([])
    const written = await subject.opsx(['figures', 'bind', '--write', '--yes', '--json'])
    expect(written.json().writes).toEqual([DESIGN])
    expect(readFile(subject.repository, DESIGN)).toBe(
      'There are 26 checks. <!-- fig: checks=26 -->\n\nAnd 26 doors.\n',
    )
    const again = await subject.opsx(['figures', 'bind', 'add-dark-mode', '--json'])
    expect(again.json()).toMatchObject({ proposals: [], writes: [] })
  })
})
