import { describe, expect, it } from 'vitest'
import { kept } from '../support/checkouts.ts'
import { cloneOf, createRemote, type Files } from '../support/git-repository.ts'
import { PROPOSAL, readFile, VERIFY } from '../support/scenario.ts'
import {
  CODE,
  changeOf,
  createBase,
  createFeature,
  DELTA,
  PROPOSAL_BODY,
  reported,
  requirement,
  type Subject,
  subjectIn,
  TASKS,
} from './subject.ts'

/** A branch whose PASS is committed. */
async function verified(files?: Files): Promise<Subject> {
  const subject = createFeature(files)
  const ran = await subject.opsx(['verify', '--write', '--json'])
  expect(ran.json().changes[0].decision).toBe('pass')
  subject.repository.commit('Record the verdict')
  return subject
}

function edit({ repository }: Subject, path: string, change: (text: string) => string): void {
  const before = readFile(repository, path)
  expect(change(before)).not.toBe(before)
  repository.commit('Edit', { [path]: change(before) })
}

describe('a report', () => {
  it.each<[string, string, (text: string) => string]>([
    ['tasks', TASKS, text => text.replace('Add the switch', 'Add the big switch')],
    ['the proposal', PROPOSAL, text => text.replace('every week', 'every day')],
    ['a delta spec', DELTA, text => text.replace('the page is dark', 'the page is black')],
  ])('is stale, critically, when %s changed', async (_, path, change) => {
    const subject = await verified()
    edit(subject, path, change)
    const ran = await subject.opsx(['verify', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(reported(ran)).toContain('critical verify/stale')
    const stale = ran.json().findings.find(({ code }: { code: string }) => code === 'verify/stale')
    expect(stale.file).toBe(VERIFY)
    expect(readFile(subject.repository, VERIFY).split('\n')[stale.line - 1]).toContain('(pass) PASS')
    await subject.opsx(['verify', '--write'])
    expect(reported(await subject.opsx(['verify', '--json']))).not.toContain('critical verify/stale')
  })

  it.each([
    ['code that the branch touched', CODE, 'export const dark = 2\n'],
    ['code that the branch adds later', 'src/switch.ts', 'export const on = true\n'],
    ['code that the branch removes', CODE, null],
  ])('is stale, as a warning, when %s changed', async (_, path, text) => {
    const { opsx, repository } = await verified()
    repository.commit('Go on', { [path]: text })
    const ran = await opsx(['verify', '--json'])
    expect([ran.exitCode, reported(ran)]).toEqual([0, ['warning verify/stale']])
    expect(ran.json().changes[0].decision).toBe('pass')
    expect((await opsx(['verify', '--strict'])).exitCode).toBe(1)
    await opsx(['verify', '--write'])
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
  })

  it('is stale when it was about no code and the branch has some now', async () => {
    const { opsx, repository } = createBase()
    repository.branch('feature')
    repository.commit('Plan', changeOf())
    await opsx(['verify', '--write'])
    repository.commit('Record the verdict')
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
    repository.commit('Build', { [CODE]: 'export const dark = 1\n' })
    expect(reported(await opsx(['verify', '--json']))).toEqual(['warning verify/stale'])
    await opsx(['verify', '--write'])
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
    expect(readFile(repository, VERIFY)).toContain(`path: ${CODE}`)
  })

  it('about no code is not made stale by the code of other branches', async () => {
    const { opsx, repository } = createBase()
    repository.branch('feature')
    repository.commit('Plan', changeOf())
    await opsx(['verify', '--write'])
    repository.commit('Record the verdict')
    repository.checkout('main')
    repository.git('merge', '--quiet', '--ff-only', 'feature')
    repository.branch('other')
    repository.commit('Elsewhere', { 'src/other.ts': 'export {}\n' })
    expect(reported(await opsx(['verify', '--json']))).toEqual(['warning ledger/archive-debt'])
    expect((await opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
  })

  it('is not stale when line ends, the retrospective or the lock change', async () => {
    const subject = await verified()
    edit(subject, TASKS, text => text.replaceAll('\n', '\r\n'))
    subject.repository.commit('Look back', {
      [TASKS.replace('tasks', 'retrospective')]: '# What went well\n',
    })
    expect(reported(await subject.opsx(['verify', '--json']))).toEqual([])
  })
})

describe('a report is about content, not commits', () => {
  it('survives a squash merge, also on the branch of another change', async () => {
    const { opsx, repository } = await verified()
    repository.checkout('main')
    repository.git('merge', '--squash', '--quiet', 'feature')
    repository.commit('Dark mode (#1)')
    repository.git('branch', '--quiet', '-D', 'feature')
    expect(reported(await opsx(['verify', '--json']))).toEqual(['warning ledger/archive-debt'])
    expect((await opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
    repository.branch('other')
    const delta = `## ADDED Requirements\n\n${requirement('Sound')}`
    repository.commit('Sound', { ...changeOf({ name: 'add-sound', delta }), 'src/sound.ts': 'export {}\n' })
    const ran = await opsx(['verify', '--json'])
    expect(reported(ran)).toEqual(['warning ledger/archive-debt'])
    const written = await opsx(['verify', '--all', '--write', '--json'])
    expect(written.json().writes).not.toContain(VERIFY)
  })

  it('survives a rebase', async () => {
    const { opsx, repository } = await verified()
    repository.checkout('main')
    repository.commit('Elsewhere', { 'src/other.ts': 'export {}\n' })
    repository.checkout('feature')
    repository.git('rebase', '--quiet', 'main')
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
    expect((await opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
  })

  it('survives a merge of the default branch', async () => {
    const { opsx, repository } = await verified()
    repository.checkout('main')
    repository.commit('Elsewhere', { 'src/other.ts': 'export {}\n' })
    repository.checkout('feature')
    repository.git('merge', '--quiet', '--no-edit', 'main')
    expect(reported(await opsx(['verify', '--json']))).toEqual([])
  })

  it.each(['feature', 'main'])('is not stale in a clone of depth 1 of %s', async branch => {
    const { repository } = await verified()
    if (branch === 'main') {
      repository.checkout('main')
      repository.git('merge', '--squash', '--quiet', 'feature')
      repository.commit('Dark mode (#1)')
    }
    const remote = kept(createRemote(repository))
    const clone = kept(cloneOf(remote, '--depth', '1', '--branch', branch))
    const ran = await subjectIn(clone).opsx(['verify', '--json'])
    expect(reported(ran)).toEqual(branch === 'main' ? ['warning ledger/archive-debt'] : [])
    expect((await subjectIn(clone).opsx(['verify', '--write', '--json'])).json().writes).toEqual([])
  })

  it('survives what sync writes into the proposal', async () => {
    const { opsx, repository } = await verified(changeOf({ frontmatter: '---\nowner: Ada\n---\n\n' }))
    const ledger = [
      'linear_story_state: In Review',
      'last_synced_state: In Review',
      'last_synced_at: 2026-01-02T10:00:00Z',
      'review_round: 1',
      'attempt_log:',
      '  - { at: "2026-01-02T10:00:00Z", transition: "In Progress->In Review", outcome: "posted", note: "x" }',
    ].join('\n')
    repository.write({ [PROPOSAL]: `---\nowner: Ada\n${ledger}\n---\n\n${PROPOSAL_BODY}` })
    const ran = await opsx(['verify', '--json'])
    expect(ran.json().findings.map(({ code }: { code: string }) => code)).not.toContain('verify/stale')
    expect(reported(ran).filter(line => !line.includes('ledger/'))).toEqual([])
  })
})
