import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CANONICAL_STATES } from '../../src/local-linear/initial-state.ts'
import type { Ran } from '../support/cli.ts'
import type { Seed } from '../support/linear-seed.ts'
import {
  changeFiles,
  codesOf,
  createScenario,
  PROPOSAL,
  REGISTRY,
  type Scenario,
} from '../support/scenario.ts'

const TEAM = '3b1f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10'
const OTHER = '4c2f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10'
const PROJECT = '5d3f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10'
const ISSUE_ID = '6e4f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10'

const registry = (
  parts: { team?: string; projects?: string; slug?: string; defaults?: string } = {},
) => `workspace: { slug: "${parts.slug ?? 'local'}" }
${parts.defaults ?? ''}teams:
  ${parts.team ?? `"LOC": { id: "${TEAM}" }`}
projects: ${parts.projects ?? '{}'}
`

const BOUND = changeFiles({ phase: 'In Progress', recorded: 'In Progress' })

/** A repository in step with a Linear of one issue, except for what the test seeds. */
async function checkup(options: { team?: object; seed?: Seed; registry?: string; files?: object } = {}) {
  const { team = {}, seed = {}, files = {} } = options
  const scenario = await createScenario({
    seed: {
      teams: [
        { id: TEAM, key: 'LOC', name: 'Local', ...team },
        { id: OTHER, key: 'PHO', name: 'Photo' },
      ],
      projects: [{ id: PROJECT, name: 'Build performance', slugId: 'abc123def456' }],
      issues: [{ id: ISSUE_ID, identifier: 'LOC-1', state: 'In Progress' }],
      ...seed,
    },
  })
  scenario.repository.commit('Start', { ...BOUND, [REGISTRY]: options.registry ?? registry(), ...files })
  return scenario
}

/** Runs doctor, which must leave files and Linear alone. */
async function examined(scenario: Scenario, env: Record<string, string> = {}): Promise<Ran> {
  const before = scenario.repository.status()
  const ran = await scenario.opsx(['doctor', '--json'], { env })
  expect(scenario.linear.counters.mutations).toBe(0)
  expect(scenario.repository.status()).toEqual(before)
  expect(ran.stderr).toBe('')
  return ran
}

/** The findings of one code, as `message` and `fix`. */
function told(ran: Ran, code: string): { severity: string; message: string; fix: string }[] {
  return ran.json().findings.filter((finding: { code: string }) => finding.code === code)
}

test('a repository in step with Linear: no finding, exit 0', async () => {
  const ran = await examined(await checkup())
  expect(codesOf(ran)).toEqual([])
  expect(ran.exitCode).toBe(0)
  expect(ran.json().checks.map(({ name }: { name: string }) => name)).toEqual([
    'registry',
    'changes',
    'files',
    'ledgers',
    'git',
    'merging',
    '.env',
    'credential',
    'workspace',
    'team LOC',
    'issues',
  ])
})

test('a renamed state is named, with the one that may be meant and where to write it', async () => {
  const states = CANONICAL_STATES.map(state =>
    state.name === 'In Review' ? { ...state, name: 'Code Review' } : state,
  )
  const ran = await examined(await checkup({ team: { states } }))
  const [found] = told(ran, 'board/state-missing')
  expect(found?.message).toContain('"In Review"')
  expect(found?.fix).toContain('teams.LOC.states.in_review: "Code Review"')
  const mapped = registry({ team: `"LOC": { id: "${TEAM}", states: { in_review: "Code Review" } }` })
  expect(codesOf(await examined(await checkup({ team: { states }, registry: mapped })))).toEqual([])
})

test('two states of one name are named, and so is what else the phase may map to', async () => {
  const states = [
    ...CANONICAL_STATES,
    { id: '7f5f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10', name: 'In Review', type: 'started', position: 9 },
    { name: 'Checking', type: 'started', position: 10 },
  ]
  const [found] = told(await examined(await checkup({ team: { states } })), 'board/state-ambiguous')
  expect(found?.message).toContain('2 states named "In Review"')
  expect(found?.fix).toContain('Rename one of them')
  expect(found?.fix).toContain('in_review: "Checking"')
})

test('an automation that closes issues on merge is named with event and state, and wording that does not close', async () => {
  const gitAutomations = [
    { event: 'start', state: 'In Progress' },
    { event: 'draft', state: null },
    { event: 'review', state: 'In Review' },
    { event: 'merge', state: 'Done', branchPattern: 'release/*' },
  ]
  const ran = await examined(await checkup({ team: { gitAutomations } }))
  const found = told(ran, 'doctor/git-automation')
  expect(found.map(({ severity }) => severity).sort()).toEqual(['info', 'warning'])
  const closing = found.find(({ severity }) => severity === 'warning')
  expect(closing?.message).toContain('Done when a pull request is merged (release/*)')
  expect(closing?.fix).toContain('Part of LOC-15')
  expect(closing?.fix).toContain('on_premature_close: restore')
  expect(ran.exitCode).toBe(0)
})

test('an issue that moved to another team is named, with the command that follows it', async () => {
  const scenario = await checkup()
  scenario.linear.store.moveToTeam('LOC-1', 'PHO')
  const ran = await examined(scenario)
  expect(codesOf(ran)).toEqual(['board/other-team', 'board/identifier-renamed'])
  expect(told(ran, 'board/other-team')[0]?.message).toContain('from team LOC to PHO')
  expect(told(ran, 'board/other-team')[0]?.fix).toContain('opsx bind <change> PHO-1 --force')
})

test.each(['archiveIssue', 'trashIssue'] as const)(
  '%s: the issue refuses edits, and that is said',
  async put => {
    const scenario = await checkup()
    scenario.linear.store[put]('LOC-1')
    const [found] = told(await examined(scenario), 'board/archived')
    expect(found?.message).toContain('LOC-1')
    expect(found?.fix).toContain('Restore')
  },
)

test('an issue that is gone is named', async () => {
  const scenario = await checkup()
  scenario.linear.store.deleteIssue('LOC-1')
  expect(told(await examined(scenario), 'board/not-found')[0]?.message).toContain('LOC-1')
})

test('for a project by slugId its UUID is reported, for a missing one the UUIDs of its name', async () => {
  const projects =
    '{ one: { id: abc123def456 }, two: { id: "99999999-aaaa-4bbb-8ccc-dddddddddddd", name: "Build performance" }, three: {} }'
  const ran = await examined(await checkup({ registry: registry({ projects }) }))
  const [slug] = told(ran, 'board/project-by-slug')
  expect(slug?.message).toContain('abc123def456')
  expect(slug?.fix).toContain(`projects.one.id: "${PROJECT}"`)
  const missing = told(ran, 'board/project-not-found')
  expect(missing.map(({ fix }) => fix.includes(PROJECT))).toEqual([true, false])
})

test('a project by UUID is right', async () => {
  const projects = `{ one: { id: "${PROJECT}" } }`
  expect(codesOf(await examined(await checkup({ registry: registry({ projects }) })))).toEqual([])
})

test('a key that Linear does not accept is a problem of the credential: exit 1', async () => {
  const scenario = await checkup({ registry: registry({ slug: 'acme' }) })
  const ran = await examined(scenario, { LINEAR_API_KEY: 'lin_api_wrong' })
  expect(codesOf(ran)).toEqual(['doctor/credential'])
  expect(told(ran, 'doctor/credential')[0]?.fix).toContain('LINEAR_API_KEY')
  expect(ran.stdout).not.toContain('lin_api_wrong')
  expect(ran.exitCode).toBe(1)
})

test('a key of another workspace is named with both workspaces: exit 1', async () => {
  const ran = await examined(await checkup({ registry: registry({ slug: 'acme' }) }))
  const [found] = told(ran, 'workspace/mismatch')
  expect(found?.message).toContain('"acme"')
  expect(found?.message).toContain('"local"')
  expect(found?.fix).toContain('opsx init --workspace local')
  expect(ran.exitCode).toBe(1)
})

test('a renamed team is found by its id, and its states are still looked at', async () => {
  const scenario = await checkup()
  scenario.linear.store.renameTeam('LOC', 'CAM')
  const ran = await examined(scenario)
  expect(told(ran, 'workspace/team-renamed')[0]?.fix).toContain('Rename LOC to CAM')
  expect(codesOf(ran)).toEqual(['workspace/team-renamed', 'board/identifier-renamed'])
  expect(ran.exitCode).toBe(1)
})

test('another id behind the team key and the issue, as after a move of the workspace: both are named', async () => {
  const team = '"LOC": { id: "99999999-aaaa-4bbb-8ccc-dddddddddddd" }'
  const proposal = (BOUND[PROPOSAL] ?? '').replace(
    '---\n',
    '---\nlinear_story_id: 88888888-aaaa-4bbb-8ccc-dddddddddddd\n',
  )
  const scenario = await checkup({ registry: registry({ team }), files: { [PROPOSAL]: proposal } })
  const ran = await examined(scenario)
  expect(told(ran, 'workspace/team-mismatch')[0]?.fix).toContain(`teams.LOC.id: "${TEAM}"`)
  expect(told(ran, 'board/issue-replaced')[0]?.message).toContain(ISSUE_ID)
  expect(told(ran, 'board/issue-replaced')[0]?.fix).toContain('opsx bind <change> LOC-1 --force')
  expect(ran.exitCode).toBe(1)
})

test('a team that is not there comes with those that are, one without an id with its id', async () => {
  const team = `"CAM": {}\n  "LOC": {}`
  const ran = await examined(await checkup({ registry: registry({ team }) }))
  expect(told(ran, 'workspace/team-not-found')[0]?.message).toContain('PHO, LOC')
  expect(told(ran, 'workspace/team-unpinned')[0]?.fix).toContain(`teams.LOC.id: "${TEAM}"`)
})

test('a .env with a key that git would commit is named, whatever key is used: exit 1', async () => {
  const scenario = await checkup({ files: { '.env': 'LINEAR_API_KEY=lin_api_secret\n' } })
  const ran = await examined(scenario)
  expect(codesOf(ran)).toEqual(['doctor/env-file'])
  expect(ran.stdout).not.toContain('lin_api_secret')
  expect(ran.exitCode).toBe(1)
  scenario.repository.git('rm', '--quiet', '--cached', '.env')
  scenario.repository.commit('Ignore', { '.gitignore': '.env\n' })
  expect(codesOf(await examined(scenario))).toEqual([])
})

test('a broken ledger is named by the rules of ledger lint', async () => {
  const recorded = BOUND[PROPOSAL] ?? ''
  const scenario = await checkup({
    files: { [PROPOSAL]: recorded.replace('review_round: 0', 'review_round: 9') },
  })
  expect(codesOf(await examined(scenario))).toEqual(['ledger/over-maximum'])
})

test('a file that is no text is named once, and the others are still looked at', async () => {
  const scenario = await checkup()
  scenario.repository.write({ 'openspec/specs/login/spec.md': '' })
  const file = join(scenario.repository.path, 'openspec/specs/login/spec.md')
  const { writeFileSync } = await import('node:fs')
  writeFileSync(file, Buffer.from([0x68, 0xe9, 0x0a]))
  const ran = await examined(scenario)
  expect(codesOf(ran)).toEqual(['doctor/unreadable'])
  expect(told(ran, 'doctor/unreadable')[0]?.message).toContain('openspec/specs/login/spec.md is not UTF-8')
  expect(ran.exitCode).toBe(1)
})

test.skipIf(process.getuid?.() === 0)('a file without permission is named', async () => {
  const scenario = await checkup({ files: { 'openspec/specs/login/spec.md': '# Login\n' } })
  chmodSync(join(scenario.repository.path, 'openspec/specs/login/spec.md'), 0)
  expect(codesOf(await examined(scenario))).toEqual(['doctor/unreadable'])
})

test('merge attributes that break ledgers, or that this clone cannot follow, are named', async () => {
  const union = await checkup({ files: { '.gitattributes': '*.md merge=union\n' } })
  expect(codesOf(await examined(union))).toEqual(['doctor/merge-union'])
  const driver = await checkup({ files: { '.gitattributes': 'openspec/** merge=opsx\n' } })
  const ran = await examined(driver)
  expect(told(ran, 'doctor/merge-driver')[0]?.message).toContain('and 2 more')
  driver.repository.git('config', 'merge.opsx.driver', 'true')
  expect(codesOf(await examined(driver))).toEqual([])
})

test('all troubles at once: each is named with its fix, as JSON and as plain text', async () => {
  const states = [
    ...CANONICAL_STATES.map(state =>
      state.name === 'In Review' ? { ...state, name: 'Code Review' } : state,
    ),
    { id: '7f5f0c9e-1a4b-4c58-9d0e-3f5b7c9a2d10', name: 'Todo', type: 'unstarted', position: 9 },
  ]
  const second = changeFiles({
    phase: 'In Progress',
    recorded: 'In Progress',
    name: 'second',
    issue: 'LOC-2',
  })
  const scenario = await checkup({
    team: { states, gitAutomations: [{ event: 'merge', state: 'Done' }] },
    registry: registry({ projects: '{ one: { id: abc123def456 } }' }),
    seed: {
      issues: [
        { id: ISSUE_ID, identifier: 'LOC-1', state: 'In Progress' },
        { identifier: 'LOC-2', state: 'In Progress' },
      ],
    },
    files: second,
  })
  scenario.linear.store.archiveIssue('LOC-1')
  scenario.linear.store.moveToTeam('LOC-2', 'PHO')
  const troubles = [
    'board/archived',
    'board/identifier-renamed',
    'board/other-team',
    'board/project-by-slug',
    'board/state-ambiguous',
    'board/state-missing',
    'doctor/git-automation',
  ]
  const ran = await examined(scenario)
  expect(codesOf(ran).sort()).toEqual(troubles)
  for (const code of troubles) expect(told(ran, code)[0]?.fix).toMatch(/\w{4}/)
  const text = (await scenario.opsx(['doctor'])).stdout
  for (const code of troubles) expect(text).toContain(`[${code}]`)
  expect(text).not.toContain('\u001b')
  expect(scenario.linear.counters.mutations).toBe(0)
})
