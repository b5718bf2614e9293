import { expect, test } from 'vitest'
import type { Files } from '../support/git-repository.ts'
import { readFile, verifyText } from '../support/scenario.ts'
import { createFeature, DONE, OPEN, requirement, scenario, TWO_SCENARIOS } from '../verify-cli/subject.ts'
import { ARCHIVED, changeOf, DIRECTORY, exists, MAIN_SPEC, refusals, treeOf, verified } from './archivable.ts'

const VERIFY = `${DIRECTORY}/verify.md`
const OTHER = changeOf({ name: 'other' })

/** Per refusal: the files and the codes, the most important one first. */
const REFUSED: [string, Files, string[]][] = [
  ['open tasks', verified({ tasks: OPEN }), ['tasks/open']],
  ['a FAIL', { ...verified(), [VERIFY]: verifyText('FAIL') }, ['archive/verify-failed']],
  ['no verify report', changeOf(), ['archive/not-verified']],
  [
    'an undecided report',
    { ...verified(), [VERIFY]: '## Overall Decision\n\n- [ ] (pass) PASS\n- [ ] (fail) FAIL\n' },
    ['archive/not-verified'],
  ],
  ['a requirement that an open change touches', { ...verified(), ...OTHER }, ['delta/overlap-scenario']],
  [
    'one requirement in different scenarios',
    {
      ...verified(),
      ...changeOf({
        name: 'other',
        delta: `## MODIFIED Requirements\n\n${requirement('Palette', TWO_SCENARIOS[0], scenario('Remembered', 'for a year'))}`,
      }),
    },
    ['delta/overlap-requirement'],
  ],
  [
    'a broken .openspec.yaml',
    { ...verified(), [`${DIRECTORY}/.openspec.yaml`]: 'schema: [\n' },
    ['delta/metadata'],
  ],
  [
    'a requirement that is not there',
    verified({ delta: `## MODIFIED Requirements\n\n${requirement('Pallete')}` }),
    ['delta/not-found'],
  ],
  [
    'a scenario that would be lost',
    verified({ delta: `## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen'))}` }),
    ['delta/drops-scenario'],
  ],
  [
    'no delta',
    { ...verified(), [`${DIRECTORY}/specs/theme/spec.md`]: 'Nothing.\n' },
    ['delta/no-sections', 'delta/none'],
  ],
  [
    "a reviewer's critical finding",
    { ...verified(), [VERIFY]: `## Reviewer findings\n\n- CRITICAL: too dark\n\n${verifyText('PASS')}` },
    ['review/finding'],
  ],
]

test.each(REFUSED)(
  '%s is refused with exit code 1 and its code, and -y does not pass it',
  async (_, files, codes) => {
    const { repository, opsx } = createFeature(files)
    const tree = treeOf(repository.path)
    const ran = await opsx(['archive', 'add-dark-mode', '-y', '--json'])
    expect(ran.exitCode).toBe(1)
    expect(refusals(ran).sort()).toEqual(codes.sort())
    expect(ran.json()).toMatchObject({ ok: false, archived: false, writes: [] })
    expect(treeOf(repository.path)).toEqual(tree)
  },
)

test('a stale report that opsx wrote is refused, and --allow-stale passes it and nothing else', async () => {
  const { repository, opsx } = createFeature({
    ...changeOf(),
    'openspec/changes/other/proposal.md': '## Why\n\nx\n',
  })
  await opsx(['verify', 'add-dark-mode', '--write'])
  repository.commit('Verify')
  repository.commit('Go on', { 'src/theme.ts': 'export const dark = 2\n' })
  expect(refusals(await opsx(['archive', 'add-dark-mode', '--json']))).toEqual(['verify/stale'])
  const passed = await opsx(['archive', 'add-dark-mode', '--allow-stale', '--json'])
  expect(passed.exitCode).toBe(0)
  expect(readFile(repository, `${ARCHIVED}/proposal.md`)).toMatch(
    /transition: "archive->force", outcome: "posted", note: "forced verify\/stale at verify.md:\d+"/,
  )
})

test('--force passes the code it names, records it in the ledger, and leaves every other refusal', async () => {
  const files = verified({
    tasks: OPEN,
    delta: `## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen'))}`,
  })
  const { repository, opsx } = createFeature(files)
  const one = await opsx(['archive', 'add-dark-mode', '--force', 'tasks/open', '--json'])
  expect(one.exitCode).toBe(1)
  expect(refusals(one)).toEqual(['delta/drops-scenario'])
  const both = await opsx([
    'archive',
    'add-dark-mode',
    '--force',
    'tasks/open',
    '--force',
    'delta/drops-scenario',
    '--json',
  ])
  expect(both.exitCode).toBe(0)
  expect(both.json().forced).toEqual([
    'forced delta/drops-scenario at specs/theme/spec.md:3',
    'forced tasks/open at tasks.md:4',
  ])
  const proposal = readFile(repository, `${ARCHIVED}/proposal.md`)
  expect(proposal.match(/archive->force/g)).toHaveLength(2)
  expect(readFile(repository, MAIN_SPEC)).not.toContain('Remembered')
})

test('--force of a code that no finding has is a usage error', async () => {
  const ran = await createFeature(verified()).opsx([
    'archive',
    'add-dark-mode',
    '--force',
    'delta/drop-text',
    '--json',
  ])
  expect(ran.exitCode).toBe(2)
  expect(ran.json().error.hint).toBe('Did you mean delta/drops-text?')
})

test('--dry-run shows every spec and writes nothing', async () => {
  const { repository, opsx } = createFeature(verified())
  const tree = treeOf(repository.path)
  const ran = await opsx(['archive', 'add-dark-mode', '--dry-run', '--json'])
  expect(ran.exitCode).toBe(0)
  expect(ran.json()).toMatchObject({
    to: ARCHIVED,
    dryRun: true,
    specs: [{ path: MAIN_SPEC, action: 'update' }],
    writes: [],
  })
  expect(treeOf(repository.path)).toEqual(tree)
})

test('a name that begins with a date keeps it, and a directory that is taken is never forced', async () => {
  const { repository, opsx } = createFeature(verified({ name: '2026-01-02-add-dark-mode', tasks: DONE }))
  expect((await opsx(['archive', '2026-01-02-add-dark-mode'])).exitCode).toBe(0)
  expect(exists(repository, 'openspec/changes/archive/2026-01-02-add-dark-mode/proposal.md')).toBe(true)
  const taken = createFeature({ ...verified(), [`${ARCHIVED}/notes.md`]: 'x\n' })
  const ran = await taken.opsx(['archive', 'add-dark-mode', '--force', 'archive/target-exists', '--json'])
  expect(refusals(ran)).toEqual(['archive/target-exists'])
})

test('an unknown change is CHANGE_NOT_FOUND, and one that was canceled is refused', async () => {
  const { opsx } = createFeature(verified())
  expect((await opsx(['archive', 'add-dark-mod', '--json'])).json().error.code).toBe('CHANGE_NOT_FOUND')
})
