import { describe, expect, it } from 'vitest'
import { PROPOSAL, readFile, VERIFY } from '../support/scenario.ts'
import {
  CHANGE,
  CODE,
  changeOf,
  createBase,
  createFeature,
  DELTA,
  DESIGN,
  DIRECTORY,
  DONE,
  OPEN,
  reported,
  type Subject,
  TASKS,
} from './subject.ts'

const LOCK = `${DIRECTORY}/specs/theme/base.lock.json`
const MOVED = 'warning artifact/upstream-changed'
const REASON = ['--still-holds', 'only the wording of D1 changed']

function edit({ repository }: Subject, path: string, from: string, to: string): void {
  const before = readFile(repository, path)
  expect(before).toContain(from)
  repository.commit('Edit', { [path]: before.replace(from, to) })
}

const moveDesign = (subject: Subject) => edit(subject, DESIGN, 'One switch,', 'One small switch,')
const moveProposal = (subject: Subject) => edit(subject, PROPOSAL, 'every week', 'every day')
const editDelta = (subject: Subject) => edit(subject, DELTA, 'the page is dark', 'the page is black')

/** A branch whose report and lock are committed. */
async function verified(): Promise<Subject> {
  const subject = createFeature()
  await subject.opsx(['verify', '--write'])
  subject.repository.commit('Record the verdict')
  return subject
}

const upstreamIn = (ran: { json(): { findings: { code: string }[] } }) =>
  ran.json().findings.filter(({ code }) => code === 'artifact/upstream-changed')

describe('a delta spec whose upstream moved after it was verified', () => {
  it.each([
    ['design', moveDesign, 'design.md'],
    ['proposal', moveProposal, 'proposal.md'],
  ] as const)('is named, with what moved: %s', async (_, move, moved) => {
    const subject = await verified()
    move(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([
      expect.objectContaining({ severity: 'warning', file: DELTA, line: 1, evidence: { moved } }),
    ])
  })

  it('stays reported however often it is verified, and the decision is PASS WITH WARNINGS', async () => {
    const subject = await verified()
    const before = readFile(subject.repository, LOCK)
    moveDesign(subject)
    for (const writes of [[VERIFY], []]) {
      const ran = await subject.opsx(['verify', '--write', '--json'])
      expect([ran.exitCode, reported(ran), ran.json().writes]).toEqual([0, [MOVED], writes])
      subject.repository.commit('Record the verdict')
    }
    expect(readFile(subject.repository, LOCK)).toBe(before)
    expect(readFile(subject.repository, VERIFY)).toMatch(/^- \[x\] \(warn\) PASS WITH WARNINGS/m)
    expect(readFile(subject.repository, VERIFY)).toContain(
      'design.md changed after this delta spec was last edited',
    )
  })

  it('is resolved by an edit of the spec, and the lock is updated with it', async () => {
    const subject = await verified()
    moveDesign(subject)
    await subject.opsx(['verify', '--write'])
    editDelta(subject)
    const ran = await subject.opsx(['verify', '--write', '--json'])
    expect([reported(ran), ran.json().changes[0].decision]).toEqual([[], 'pass'])
    expect(ran.json().writes).toEqual([LOCK, VERIFY])
    moveProposal(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toHaveLength(1)
  })

  it('is resolved by reverting the upstream change', async () => {
    const subject = await verified()
    moveDesign(subject)
    edit(subject, DESIGN, 'One small switch,', 'One switch,')
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
  })

  it('is resolved by a person who confirms it with a reason, until upstream changes again', async () => {
    const subject = await verified()
    moveDesign(subject)
    const args = ['verify', CHANGE, '--write', ...REASON, '--json']
    const ran = await subject.opsx(args)
    expect([ran.exitCode, reported(ran), ran.json().changes[0].decision]).toEqual([0, [], 'pass'])
    expect(ran.json().writes).toEqual([LOCK, VERIFY])
    expect(JSON.parse(readFile(subject.repository, LOCK)).restsOn.holds).toBe(REASON[1])
    expect((await subject.opsx(args)).json().writes).toEqual([])
    subject.repository.commit('Record the verdict')
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
    moveProposal(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toHaveLength(1)
  })

  it('is not reported for a number that is bound to a figure, and is for other words on that line', async () => {
    const bound = (count: string) => `It has ${count} colours. <!-- fig: colours=${count} -->`
    const subject = createFeature({ ...changeOf(), 'openspec/figures.yaml': 'figures: {}\n' })
    edit(subject, DESIGN, 'One switch,', `${bound('14')}\n\nOne switch,`)
    await subject.opsx(['verify', '--write'])
    subject.repository.commit('Record the verdict')
    edit(subject, DESIGN, bound('14'), bound('27'))
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([])
    edit(subject, DESIGN, 'colours.', 'shades.')
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toHaveLength(1)
  })

  it('is info while the change is not claimed to be done', async () => {
    const subject = createFeature(changeOf({ tasks: OPEN }))
    await subject.opsx(['verify', '--write'])
    subject.repository.commit('Record the verdict')
    moveDesign(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toMatchObject([{ severity: 'info' }])
  })

  it('is not named for what sync writes, for line ends, or for a design that came later', async () => {
    const { [DESIGN]: design = '', ...files } = changeOf()
    const subject = createFeature(files)
    await subject.opsx(['verify', '--write'])
    const proposal = readFile(subject.repository, PROPOSAL)
    subject.repository.commit('Synced', {
      [PROPOSAL]: `---\nlinear_story_state: In Review\n---\n\n${proposal}`.replaceAll('\n', '\r\n'),
      [DESIGN]: design,
    })
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([])
  })
})

it.each([
  [['verify', CHANGE, ...REASON], '--still-holds needs --write.'],
  [['verify', '--write', ...REASON], '--still-holds needs the change it is about.'],
  [['verify', CHANGE, '--write', '--still-holds', ' '], '--still-holds is empty.'],
])('%j is refused and writes nothing', async (args, message) => {
  const { opsx, repository } = createFeature()
  const ran = await opsx([...args, '--json'])
  expect([ran.exitCode, ran.json().error]).toMatchObject([2, { code: 'USAGE', message }])
  expect(repository.status()).toEqual([])
})

describe('before the first lock, a branch that works on a change which main has already', () => {
  /** The plan was merged; nothing of it was verified yet. */
  function planned(): Subject {
    const subject = createBase(changeOf({ tasks: DONE.replaceAll('[x]', '[ ]') }))
    subject.repository.branch('feature')
    subject.repository.commit('Build', { [TASKS]: DONE, [CODE]: 'export const dark = 1\n' })
    return subject
  }

  it('is reported when design changed and the spec did not, from the first verification on', async () => {
    const subject = planned()
    moveDesign(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toMatchObject([
      { severity: 'info', evidence: { moved: 'design.md' } },
    ])
    const first = await subject.opsx(['verify', '--write', '--json'])
    expect(first.json().changes).toMatchObject([{ decision: 'warn' }])
    subject.repository.commit('Record the verdict')
    expect(reported(await subject.opsx(['verify', '--write', '--json']))).toEqual([MOVED])
    await subject.opsx(['verify', CHANGE, '--write', ...REASON])
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
  })

  it('is reported before anything is committed', async () => {
    const { opsx, repository } = planned()
    repository.write({ [DESIGN]: `${readFile(repository, DESIGN)}\nMore.\n` })
    expect(upstreamIn(await opsx(['verify', '--json']))).toHaveLength(1)
  })

  it('is not reported when the spec changed too, or only the ledger did', async () => {
    const subject = planned()
    edit(subject, PROPOSAL, '## Why', '---\nlinear_story_state: Todo\n---\n\n## Why')
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([])
    moveDesign(subject)
    editDelta(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([])
  })

  it('is not reported while the plan is being written on the same branch', async () => {
    const subject = createFeature()
    moveDesign(subject)
    moveProposal(subject)
    expect(upstreamIn(await subject.opsx(['verify', '--json']))).toEqual([])
  })
})
