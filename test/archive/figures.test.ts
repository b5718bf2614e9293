import { expect, test } from 'vitest'
import { readFile } from '../support/scenario.ts'
import { createFeature, requirement, scenario } from '../verify-cli/subject.ts'
import { ARCHIVED, DIRECTORY, MAIN_SPEC, refusals, verified } from './archivable.ts'

const FIGURES = 'openspec/figures.yaml'
const BINDING = 'the palette has 3 colours <!-- fig: colours=3 -->'
const DELTA = `## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen', BINDING), scenario('Remembered', 'it stays for a year'))}`
const definition = (run: string) =>
  `figures:\n  colours:\n    measure: { run: "${run}", parse: number }\n    inputs: [palette.txt]\n`
const TASKS = '## 1. Theme\n\n- [x] 1.1 Add the theme <!-- gate: colours>=4 -->\n- [x] 1.2 Add the switch\n'

/** A verified change whose delta binds a figure that was measured as 3. */
async function measuredFeature(files = verified({ delta: DELTA })) {
  const figures = definition("node -e 'console.log(3)'")
  const subject = createFeature({ ...files, [FIGURES]: figures, 'palette.txt': 'red green blue\n' })
  const env = { XDG_STATE_HOME: `${subject.repository.path}/.git/state` }
  const ran = await subject.opsx(['figures', 'measure', '--trust'], { env })
  expect(ran.exitCode).toBe(0)
  subject.repository.commit('Measure', {})
  return subject
}

test('a change with bound figures that agree is archived, bindings included', async () => {
  const { repository, opsx } = await measuredFeature()
  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(refusals(ran)).toEqual([])
  expect(readFile(repository, MAIN_SPEC)).toContain(BINDING)
})

test('a stale figure is refused, and --allow-stale passes it and the ledger records that', async () => {
  const { repository, opsx } = await measuredFeature()
  repository.commit('Another colour', { 'palette.txt': 'red green blue black\n' })
  expect(refusals(await opsx(['archive', 'add-dark-mode', '--json']))).toEqual(['figure/stale'])
  expect((await opsx(['archive', 'add-dark-mode', '--allow-stale'])).exitCode).toBe(0)
  expect(readFile(repository, `${ARCHIVED}/proposal.md`)).toContain(
    'forced figure/stale at specs/theme/spec.md',
  )
})

test('a checked task with a closed gate is refused', async () => {
  const { opsx } = await measuredFeature(verified({ delta: DELTA, tasks: TASKS }))
  const ran = await opsx(['archive', 'add-dark-mode', '--json', '-y'])
  expect([ran.exitCode, refusals(ran)]).toEqual([1, ['gate/unmet']])
})

test('a drifted figure is refused', async () => {
  const { opsx } = await measuredFeature(verified({ delta: DELTA.replaceAll('3', '4') }))
  expect(refusals(await opsx(['archive', 'add-dark-mode', '--json']))).toEqual(['figure/drift'])
})

test('definitions of the change that its delta binds move up, and the others stay with it', async () => {
  const subject = createFeature({
    ...verified({ delta: DELTA }),
    [FIGURES]: '# ours\nfigures:\n  pages: { measure: { run: x } }\n',
    [`${DIRECTORY}/figures.yaml`]: `${definition("node -e 'console.log(3)'")}  unused: { measure: { run: y } }\n`,
    'palette.txt': 'red green blue\n',
  })
  const { repository, opsx } = subject
  const env = { XDG_STATE_HOME: `${repository.path}/.git/state` }
  await opsx(['figures', 'measure', 'colours', '--trust', '--change', 'add-dark-mode'], { env })
  repository.commit('Measure', {})
  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(refusals(ran)).toEqual([])
  expect(ran.json().figures).toBe(FIGURES)
  expect(readFile(repository, FIGURES)).toBe(
    `# ours\nfigures:\n  pages: { measure: { run: x } }\n${definition("node -e 'console.log(3)'").replace('figures:\n', '')}`,
  )
  expect((await opsx(['figures', 'check', '--json'])).json().findings).toEqual([])
})

test('a definition that cannot move up is a reason not to archive', async () => {
  const { opsx } = createFeature({
    ...verified({ delta: DELTA }),
    [FIGURES]: 'figures: { pages: { measure: { run: x } } }\n',
    [`${DIRECTORY}/figures.yaml`]: definition('x'),
    'palette.txt': 'red\n',
  })
  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(refusals(ran)).toContain('archive/figure-definition')
})
