import { describe, expect, it } from 'vitest'
import { ARCHIVE, readFile, VERIFY, verifyText } from '../support/scenario.ts'
import {
  CHANGE,
  changeOf,
  createBase,
  createFeature,
  DELTA,
  DESIGN,
  DIRECTORY,
  DONE,
  MAIN_SPEC,
  mainSpec,
  PROPOSAL_BODY,
  reported,
  requirement,
  scenario,
  TASKS,
  TWO_SCENARIOS,
} from './subject.ts'

const PROPOSAL = `${DIRECTORY}/proposal.md`
const PLAN = `${DIRECTORY}/plan.md`
const CLAIMED = { [VERIFY]: verifyText('PASS') }

const ledger = (...entries: string[]) =>
  `---\nlast_synced_state: In Progress\nreview_round: 0\nattempt_log:\n${entries.join('\n')}\n---\n\n`
const entry = (at: string, transition: string) =>
  `  - { at: "${at}", transition: "${transition}", outcome: "posted", note: "x" }`

/** Per row: dimension, problem, files added to a change whose report claims a pass, `severity code`, `file:line`. */
const REDS: [string, string, Record<string, string | null>, string, string][] = [
  [
    'completeness',
    'a parent task checked above open child tasks',
    { [TASKS]: '- [x] 1. Theme\n  - [ ] 1.1 Add it\n' },
    'warning tasks/parent-ahead',
    `${TASKS}:1`,
  ],
  [
    'completeness',
    'a deferral without a reason',
    { [TASKS]: `${DONE}- [~] 1.3 Try it\n` },
    'warning tasks/deferred-without-reason',
    `${TASKS}:5`,
  ],
  ['completeness', 'no tasks', { [TASKS]: null }, 'critical artifact/missing', `${DIRECTORY}:null`],
  [
    'completeness',
    'a capability without a delta',
    { [PROPOSAL]: PROPOSAL_BODY.replace('- `theme`', '- `sound`: a click.\n- `theme`') },
    'warning artifact/capability-without-delta',
    `${PROPOSAL}:13`,
  ],
  [
    'correctness',
    'a requirement that archive would refuse to find',
    { [DELTA]: `## MODIFIED Requirements\n\n${requirement('No Such')}` },
    'critical delta/not-found',
    `${DELTA}:3`,
  ],
  [
    'correctness',
    'what a reviewer found',
    { [VERIFY]: `${verifyText('PASS')}\n## Reviewer findings\n\n- CRITICAL: the switch is gone\n` },
    'critical review/finding',
    `${VERIFY}:10`,
  ],
  [
    'coherence',
    'a decision that is none',
    { [PROPOSAL]: `${PROPOSAL_BODY}As D4 says.\n` },
    'suggestion design/unknown-decision',
    `${PROPOSAL}:18`,
  ],
  [
    'implementation',
    'a deferred manual check without an equivalent test',
    { [PLAN]: '- [~] 1.1 Look at it on a phone\n' },
    'critical implementation/deferred-check',
    `${PLAN}:1`,
  ],
  [
    'implementation',
    'a spec beside the front door',
    { 'docs/superpowers/specs/theme.md': '# Theme\n' },
    'warning implementation/front-door',
    'docs/superpowers/specs/theme.md:1',
  ],
  [
    'ledger',
    'a round above the maximum',
    { [PROPOSAL]: `---\nreview_round: 9\nmax_review_rounds: 2\n---\n\n${PROPOSAL_BODY}` },
    'warning ledger/over-maximum',
    `${PROPOSAL}:null`,
  ],
  [
    'ledger',
    'time that runs backward',
    {
      [PROPOSAL]: `${ledger(
        entry('2026-01-01T10:00:00Z', 'Backlog->Todo'),
        entry('2026-01-03T10:00:00Z', 'Todo->In Progress'),
        entry('2026-01-02T10:00:00Z', 'Todo->In Progress'),
      )}${PROPOSAL_BODY}`,
    },
    'warning ledger/backward-time',
    `${PROPOSAL}:null`,
  ],
]

describe('each dimension', () => {
  it.each(REDS)('%s: %s', async (_, __, files, what, place) => {
    const all = Object.entries({ ...changeOf(), ...CLAIMED, ...files }).filter(([, text]) => text !== null)
    const { opsx } = createFeature(Object.fromEntries(all))
    const ran = await opsx(['verify', '--json'])
    const found = ran
      .json()
      .findings.map(
        ({ severity, code, file, line }: Record<string, unknown>) => `${severity} ${code} ${file}:${line}`,
      )
    expect(found).toContain(`${what} ${place}`)
    expect((await opsx(['verify', '--fail-on', what.split(' ')[0] ?? ''])).exitCode).toBe(1)
  })

  it('implementation: files that are not committed', async () => {
    const { opsx, repository } = createFeature({ ...changeOf(), ...CLAIMED })
    repository.write({ 'src/new.ts': 'export {}\n' })
    const ran = await opsx(['verify', '--json'])
    expect(reported(ran)).toEqual(['warning implementation/uncommitted'])
    expect(ran.json().findings).toContainEqual(expect.objectContaining({ file: 'src/new.ts' }))
  })

  it.each([
    ['only the ledger in a proposal is', `---\nlinear_story_state: Todo\n---\n\n${PROPOSAL_BODY}`, true],
    ['the body of a proposal is', PROPOSAL_BODY.replace('every week', 'every day'), false],
    ['a key of other tools is', `---\nowner: Ada\n---\n\n${PROPOSAL_BODY}`, false],
    ['a proposal is removed and that is', null, false],
  ])('rule and box of the report agree on what work is not committed: %s', async (_, proposal, settled) => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    repository.commit('Record the verdict')
    repository.write({ [PROPOSAL]: proposal })
    const ran = await opsx(['verify', '--write', '--json'])
    const codes = ran.json().findings.map(({ code }: { code: string }) => code)
    expect(codes.includes('implementation/uncommitted')).toBe(!settled)
    expect(readFile(repository, VERIFY)).toContain(`- [${settled ? 'x' : ' '}] No unstaged files`)
    expect(readFile(repository, VERIFY).includes(`Not committed: \`${PROPOSAL}\``)).toBe(!settled)
  })

  it('implementation: a new proposal is work, and the reports of other changes are not', async () => {
    const { opsx, repository } = createFeature()
    await opsx(['verify', '--write'])
    repository.commit('Record the verdict')
    const other = 'openspec/changes/add-sound'
    repository.write({ [`${other}/verify.md`]: '# Any\n', [`${other}/specs/a/b/base.lock.json`]: '{}\n' })
    expect(reported(await opsx(['verify', '--json'])).join()).not.toContain('implementation/')
    repository.write({ [`${other}/proposal.md`]: PROPOSAL_BODY })
    expect(reported(await opsx(['verify', '--json'])).join()).toContain('warning implementation/uncommitted')
  })

  it('decides without the ledger, so that sync and verify cannot chase each other', async () => {
    const broken = `---\nreview_round: 9\nmax_review_rounds: 2\n---\n\n${PROPOSAL_BODY}`
    const ran = await createFeature({ ...changeOf(), [PROPOSAL]: broken }).opsx(['verify', '--json'])
    expect(reported(ran)).toEqual(['warning ledger/over-maximum'])
    expect(ran.json().changes[0].decision).toBe('pass')
  })
})

describe('two open changes', () => {
  const other = (delta: string) => changeOf({ name: 'add-contrast', delta })
  const modified = (...scenarios: string[]) =>
    `## MODIFIED Requirements\n\n${requirement('Palette', ...scenarios)}`

  it.each([
    [
      'the same scenario',
      modified(scenario('Chosen', 'the page is blue'), TWO_SCENARIOS[1]),
      'warning delta/overlap-scenario',
    ],
    [
      'the same requirement in different scenarios',
      modified(TWO_SCENARIOS[0], scenario('Remembered', 'it is kept for a year')),
      'suggestion delta/overlap-requirement',
    ],
  ])('that touch %s are reported, in both', async (_, delta, what) => {
    const { opsx } = createFeature({ ...changeOf(), ...other(delta) })
    const ran = await opsx(['verify', '--json'])
    expect(reported(ran)).toEqual([what, what])
    const found = ran.json().findings.filter(({ code }: { code: string }) => what.endsWith(code))
    expect(
      found.map(({ change, line, evidence }: never) => [
        change,
        line,
        (evidence as { others: string }).others,
      ]),
    ).toEqual([
      ['add-contrast', 3, CHANGE],
      [CHANGE, 3, 'add-contrast'],
    ])
    const one = await opsx(['verify', CHANGE, '--json'])
    expect(reported(one)).toEqual([what])
  })

  it('that add the same name are reported in both', async () => {
    const added = `## ADDED Requirements\n\n${requirement('Sound')}`
    const { opsx } = createFeature({ ...changeOf({ delta: added }), ...other(added) })
    expect(reported(await opsx(['verify', '--json']))).toEqual([
      'warning delta/overlap-new',
      'warning delta/overlap-new',
    ])
  })

  it('that touch different requirements are not', async () => {
    const { opsx } = createFeature({
      ...changeOf(),
      ...other(`## MODIFIED Requirements\n\n${requirement('Contrast', scenario('Chosen', 'it is high'))}`),
    })
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
  })
})

describe('which changes a run is about', () => {
  const RED = changeOf({
    name: 'add-sound',
    delta: '## ADDED Requirements\n\n### Requirement: Sound\n\nIt SHALL hum.\n',
  })
  const names = (ran: { json(): { changes: { change: string }[] } }) =>
    ran.json().changes.map(({ change }) => change)

  it('one that is named, and nothing of the others', async () => {
    const { opsx } = createFeature({ ...changeOf(), ...RED, [MAIN_SPEC]: mainSpec() })
    const ran = await opsx(['verify', CHANGE, '--json'])
    expect(names(ran)).toEqual([CHANGE])
    const files = ran.json().findings.map(({ file }: { file: string }) => file)
    expect(files.filter((file: string) => file.includes('add-sound'))).toEqual([])
    expect((await opsx(['verify', DIRECTORY, '--json'])).exitCode).toBe(ran.exitCode)
    expect((await opsx(['verify', 'add-sound', CHANGE, '--json'])).exitCode).toBe(1)
  })

  it('every active one, with --all and without names', async () => {
    const { opsx } = createFeature({ ...changeOf(), ...RED })
    const ran = await opsx(['verify', '--json'])
    expect(names(ran)).toEqual([CHANGE, 'add-sound'])
    expect((await opsx(['verify', '--all', '--json'])).json()).toEqual(ran.json())
  })

  it('none of an unknown name: exit 2, and the nearest name', async () => {
    const ran = await createFeature().opsx(['verify', 'add-dark-mod', '--json'])
    expect(ran.exitCode).toBe(2)
    expect(ran.json().error).toMatchObject({ code: 'CHANGE_NOT_FOUND' })
    expect(JSON.stringify(ran.json().error)).toContain(CHANGE)
  })

  it('the archive too with --archived, as history', async () => {
    const archived = Object.fromEntries(
      Object.entries(changeOf({ tasks: '- [ ] 1.1 Left open\n' })).map(([path, text]) => [
        path.replace(DIRECTORY, ARCHIVE),
        text,
      ]),
    )
    const { opsx, repository } = createBase({ ...archived, ...changeOf({ name: 'add-sound' }) })
    expect(names(await opsx(['verify', '--json']))).toEqual(['add-sound'])
    const ran = await opsx(['verify', '--archived', '--json'])
    expect([...names(ran)].sort()).toEqual([CHANGE, 'add-sound'])
    expect([ran.exitCode, reported(ran)]).toEqual([0, []])
    const before = repository.status()
    await opsx(['verify', CHANGE, '--write'])
    expect(repository.status()).toEqual(before)
  })

  it('no change at all is no error', async () => {
    const ran = await createBase().opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(ran.json()).toMatchObject({ ok: true, changes: [], findings: [] })
  })

  it('lets a change go without a design until it claims a pass', async () => {
    const { opsx, repository } = createFeature()
    repository.commit('Without', { [DESIGN]: null })
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
    repository.commit('Claim', CLAIMED)
    expect(reported(await opsx(['verify', '--json']))).toEqual(['warning artifact/missing'])
  })
})
