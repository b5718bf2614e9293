import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Repository } from '../support/git-repository.ts'
import { readFile } from '../support/scenario.ts'
import { CODE, createFeature, DELTA, DESIGN, type Subject } from '../verify-cli/subject.ts'
import { changeOf, DIRECTORY, MAIN_SPEC, refusals } from './archivable.ts'

const OTHER = 'openspec/changes/other'

/** A committed report of opsx, beside another change and a file that no change is about. */
async function recorded(): Promise<Subject> {
  const subject = createFeature(changeOf(), {
    [`${OTHER}/proposal.md`]: '## Why\n\nx\n',
    [`${OTHER}/tasks.md`]: '- [ ] 1.1 Begin\n',
    'README.md': 'Read me.\n',
  })
  await subject.opsx(['verify', 'add-dark-mode', '--write'])
  subject.repository.commit('Verify')
  return subject
}

const elsewhere: [string, (repository: Repository) => void][] = [
  ['another change', ({ path }) => appendFileSync(join(path, OTHER, 'proposal.md'), 'y\n')],
  ['a file of another change that is gone', ({ path }) => rmSync(join(path, OTHER, 'tasks.md'))],
  [
    'another change that is staged for removal',
    repository => repository.git('rm', '--quiet', '-r', '--cached', OTHER),
  ],
  ['a new change', repository => repository.write({ 'openspec/changes/new/proposal.md': '## Why\n\nz\n' })],
  ['a file that no evidence names', ({ path }) => appendFileSync(join(path, 'README.md'), 'more\n')],
  ['a new file that no evidence names', repository => repository.write({ 'src/new.ts': 'export {}\n' })],
]

test.each(elsewhere)('what is uncommitted elsewhere decides nothing: %s', async (_, disturb) => {
  const { repository, opsx } = await recorded()
  const args = ['archive', 'add-dark-mode', '--dry-run', '--json']
  const clean = await opsx(args)
  expect(refusals(clean)).toEqual([])
  disturb(repository)
  expect((await opsx(args)).json()).toEqual(clean.json())
  expect((await opsx(['archive', 'add-dark-mode'])).exitCode).toBe(0)
})

const own: [string, (repository: Repository) => void, string[]][] = [
  [
    'code that the evidence names',
    ({ path }) => appendFileSync(join(path, CODE), '// x\n'),
    ['verify/stale'],
  ],
  ['code that is gone', ({ path }) => rmSync(join(path, CODE)), ['verify/stale']],
  [
    'its design',
    repository => repository.write({ [DESIGN]: `${readFile(repository, DESIGN)}\nMore.\n` }),
    ['verify/stale'],
  ],
  [
    'a task that was opened again',
    repository => repository.write({ [`${DIRECTORY}/tasks.md`]: '- [ ] 1.1 Add the theme\n' }),
    ['implementation/no-tick', 'tasks/open', 'verify/stale'],
  ],
  ['its delta', ({ path }) => appendFileSync(join(path, DELTA), '\n- **AND** more\n'), ['verify/stale']],
  ['the report', ({ path }) => rmSync(join(path, DIRECTORY, 'verify.md')), ['archive/not-verified']],
  [
    'the main spec that its delta changes',
    repository =>
      repository.write({ [MAIN_SPEC]: readFile(repository, MAIN_SPEC).replace('Palette', 'Colours') }),
    ['delta/not-found'],
  ],
  [
    'another change that touches the same requirement',
    repository => repository.write(changeOf({ name: 'rival' })),
    ['delta/overlap-scenario'],
  ],
]

test.each(own)('what is uncommitted and decided by is refused: %s', async (_, disturb, codes) => {
  const { repository, opsx } = await recorded()
  disturb(repository)
  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(ran.exitCode).toBe(1)
  expect([...new Set(refusals(ran))].sort()).toEqual(codes)
})
