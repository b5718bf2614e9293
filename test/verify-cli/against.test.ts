import { describe, expect, it } from 'vitest'
import { kept } from '../support/checkouts.ts'
import { cloneOf, createRemote } from '../support/git-repository.ts'
import { verifyText } from '../support/scenario.ts'
import { changeOf, createBase, OPEN, reported, requirement, type Subject, subjectIn } from './subject.ts'

const RED_DELTA = '## ADDED Requirements\n\n### Requirement: Sound\n\nIt SHALL hum.\n'
const OLD = 'openspec/changes/add-sound/specs/theme/spec.md'

/** On main a change of another user fails; `feature` starts there. */
function withOldRed(): Subject {
  const subject = createBase(changeOf({ name: 'add-sound', delta: RED_DELTA }))
  subject.repository.branch('feature')
  subject.repository.commit('Work', { ...changeOf(), 'src/theme.ts': 'export const dark = 1\n' })
  return subject
}

const NEW_RED = changeOf({ name: 'add-smell', delta: RED_DELTA.replace('Sound', 'Smell') })

describe('verify --against', () => {
  it('does not fail on findings of the merge base, and marks them', async () => {
    const { opsx } = withOldRed()
    const alone = await opsx(['verify', '--json'])
    expect(alone.exitCode).toBe(1)
    const ran = await opsx(['verify', '--against', 'main', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(ran.json().against).toBe('main')
    const criticals = ran
      .json()
      .findings.filter(({ severity }: { severity: string }) => severity === 'critical')
    expect(criticals.length).toBeGreaterThan(0)
    for (const each of criticals) expect(each).toMatchObject({ file: OLD, preExisting: true, gates: false })
    expect((await opsx(['verify', '--against', 'main'])).stdout).toContain('pre-existing')
  })

  it('fails on what is new', async () => {
    const { opsx, repository } = withOldRed()
    repository.commit('More', NEW_RED)
    const ran = await opsx(['verify', '--against', 'main', '--json'])
    expect(ran.exitCode).toBe(1)
    const gating = ran.json().findings.filter(({ gates }: { gates: boolean }) => gates)
    expect(gating.length).toBeGreaterThan(0)
    for (const each of gating) expect(each).toMatchObject({ change: 'add-smell', preExisting: false })
  })

  it('compares with the merge base, not with what the default branch became', async () => {
    const { opsx, repository } = withOldRed()
    repository.checkout('main')
    repository.commit('Repair', {
      [OLD]: `## ADDED Requirements\n\n${requirement('Sound')}`,
    })
    repository.commit('Elsewhere', NEW_RED)
    repository.checkout('feature')
    expect((await opsx(['verify', '--against', 'main'])).exitCode).toBe(0)
  })

  it('recognizes a finding when its line moved', async () => {
    const { opsx, repository } = withOldRed()
    repository.commit('Move it', { [OLD]: `\n\n<!-- moved -->\n${RED_DELTA}` })
    expect((await opsx(['verify', '--against', 'main'])).exitCode).toBe(0)
  })

  it('fails when a pass is claimed over tasks that were open in peace', async () => {
    const { opsx, repository } = createBase(changeOf({ tasks: OPEN }))
    repository.branch('feature')
    repository.commit('Claim', { 'openspec/changes/add-dark-mode/verify.md': verifyText('PASS') })
    const ran = await opsx(['verify', '--against', 'main', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(reported(ran)).toContain('critical tasks/open')
  })

  it('does not turn red when some of the old open tasks are done', async () => {
    const tasks = '- [ ] 1.1 Add the theme\n- [ ] 1.2 Add the switch\n- [x] 1.3 Ask\n'
    const verdict = { 'openspec/changes/add-dark-mode/verify.md': verifyText('PASS') }
    const { opsx, repository } = createBase({ ...changeOf({ tasks }), ...verdict })
    repository.branch('feature')
    repository.commit('Do one', changeOf({ tasks: tasks.replace('[ ] 1.1', '[x] 1.1') }))
    const ran = await opsx(['verify', '--against', 'main', '--json'])
    expect(reported(ran)).toContain('critical tasks/open')
    expect(ran.exitCode).toBe(0)
  })

  it('does not call archive debt new that already was on the default branch', async () => {
    const verdict = { 'openspec/changes/add-dark-mode/verify.md': verifyText('PASS') }
    const { opsx, repository } = createBase({ ...changeOf(), ...verdict })
    repository.branch('feature')
    repository.commit('Work', { 'src/other.ts': 'export {}\n' })
    const ran = await opsx(['verify', '--against', 'main', '--strict', '--json'])
    expect(reported(ran)).toEqual(['warning ledger/archive-debt'])
    expect(ran.exitCode).toBe(0)
  })

  it.each(['no-such-branch', '--upload-pack=x', 'HEAD:openspec', ''])(
    'refuses %j with exit 2 and the way out',
    async ref => {
      const ran = await withOldRed().opsx(['verify', `--against=${ref}`, '--json'])
      expect(ran.exitCode).toBe(2)
      expect(ran.json()).toMatchObject({ schema: 'opsx/error@1', error: { code: 'GIT_FAILED' } })
      expect(ran.json().error.hint).toMatch(/fetch-depth: 0/)
    },
  )
})

describe('in the CI of a pull request', () => {
  it.each<[string, Record<string, string>]>([
    ['a pull request', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }],
    [
      'a merge queue',
      {
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_REF_NAME: `gh-readonly-queue/main/pr-7-${'a1'.repeat(20)}`,
      },
    ],
    ['a merge request', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }],
  ])('%s is compared with its base by itself', async (_, env) => {
    const { opsx, repository } = withOldRed()
    const ran = await opsx(['verify', '--json'], { env })
    expect([ran.exitCode, ran.json().against]).toEqual([0, 'main'])
    repository.commit('More', NEW_RED)
    expect((await opsx(['verify'], { env })).exitCode).toBe(1)
  })

  it('a merge commit checked out as GitHub does is compared with its base', async () => {
    const { repository } = withOldRed()
    const remote = kept(createRemote(repository))
    const clone = kept(cloneOf(remote))
    clone.git('checkout', '--quiet', '--detach', 'origin/main')
    clone.git('merge', '--quiet', '--no-ff', '--no-edit', 'origin/feature')
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main', GITHUB_REF_NAME: '7/merge' }
    const ran = await subjectIn(clone).opsx(['verify', '--json'], { env })
    expect([ran.exitCode, ran.json().against]).toEqual([0, 'main'])
  })

  it('a push is not compared with anything', async () => {
    const ran = await withOldRed().opsx(['verify', '--json'], { env: { GITHUB_EVENT_NAME: 'push' } })
    expect([ran.exitCode, ran.json().against]).toEqual([1, null])
  })
})

describe('without the history', () => {
  const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }

  function shallow(): Subject {
    const remote = kept(createRemote(withOldRed().repository))
    return subjectIn(kept(cloneOf(remote, '--depth', '1', '--branch', 'feature')))
  }

  it('reports that it cannot compare, and gates only with --strict', async () => {
    const { opsx } = shallow()
    const ran = await opsx(['verify', '--json'], { env })
    expect(ran.exitCode).toBe(0)
    expect(ran.json().against).toBe(null)
    expect(reported(ran)).toContain('warning verify/cannot-compare')
    expect((await opsx(['verify'], { env })).stdout).toContain('verify/cannot-compare')
    const strict = await opsx(['verify', '--strict', '--json'], { env })
    expect(strict.exitCode).toBe(1)
    expect(strict.json().summary.gating).toBe(reported(strict).length)
  })

  it('reports the same for a commit that is here but shares no history', async () => {
    const { opsx, repository } = shallow()
    repository.git('fetch', '--quiet', '--depth', '1', 'origin', 'main')
    const ran = await opsx(['verify', '--against', 'FETCH_HEAD', '--json'])
    expect(ran.exitCode).toBe(0)
    expect(reported(ran)).toContain('warning verify/cannot-compare')
    expect((await opsx(['verify', '--against', 'main'])).exitCode).toBe(2)
  })
})
