import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../support/cost.ts'
import { disturbancesOf, playAll, sampleOf } from '../support/disturbance.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { playReference, type Reference } from '../support/reference.ts'
import { openStage, type Stage } from '../support/stage.ts'
import { ACTS } from '../support/story.ts'

const LONG = Boolean(process.env.OPSX_LONG)
const SEED = process.env.OPSX_SEED ?? 'opsx'
/** Part of a name: plays just those cases again. */
const ONLY = process.env.OPSX_CASE ?? ''
const SAMPLE = 5
const MINUTES = 60_000

let stages: Stage[] = []
let references: Reference[] = []
const home = temporaryDirectory()

beforeAll(async () => {
  stages = await Promise.all(Array.from({ length: LONG ? 3 : 2 }, () => openStage()))
  references = await playReference(stages[0] as Stage, ACTS, home)
}, 5 * MINUTES)

afterAll(async () => {
  await Promise.all(stages.map(stage => stage.close()))
  rmSync(home, { recursive: true, force: true })
})

test('undisturbed, the story is the golden ledger up to review with one comment per transition', () => {
  const [golden] = references
  expect(golden?.outcome).toMatchObject({
    state: 'In Review',
    round: 1,
    ledger: [
      'Backlog->Todo posted',
      'Todo->In Progress posted',
      'In Progress->In Review dropped',
      'In Progress->In Review posted',
    ],
    moves: ['Backlog > Todo', 'Todo > In Progress', 'In Progress > In Review'],
  })
  expect(golden?.outcome.comments.length).toBe(4)
})

test('undisturbed, the later acts count rounds, park, and end and reopen with a comment each', () => {
  const [, rounds, ends] = references
  expect(rounds?.outcome.ledger.slice(4)).toEqual([
    'review->reject posted',
    'In Review->In Progress posted',
    'In Progress->In Review dropped',
    'escalate posted',
    'review->approve posted',
    'In Progress->In Review posted',
  ])
  expect(ends?.outcome.ledger.slice(10)).toEqual([
    'In Review->Canceled posted',
    'Canceled->In Progress posted',
    'In Progress->Canceled posted',
    'Canceled->In Progress posted',
    'In Progress->In Review posted',
  ])
  expect(ends?.outcome.comments.length).toBe(13)
})

test('undisturbed, a further sync sends one request and writes nothing, at every step of the story', async () => {
  const [stage] = stages as [Stage]
  const ends = references.slice(1).map(
    ({ steps }) =>
      () =>
        stage.restore(steps[0]?.save ?? ''),
  )
  for (const stand of [() => {}, ...ends]) {
    stand()
    const second = await costOf(stage, ['sync'])
    expect(second).toMatchObject({ code: 0, mutations: 0 })
    expect(second.requests).toBeLessThanOrEqual(1)
    expect(second.after).toEqual(second.before)
  }
})

describe.each(ACTS.map(act => act.name))('whatever breaks in the act %s', name => {
  test('a further run ends with the same issues and ledger, and no comment twice', {
    timeout: 60 * MINUTES,
  }, async () => {
    const reference = references.find(({ act }) => act.name === name)
    const all = reference ? disturbancesOf(reference) : []
    const chosen = ONLY
      ? all.filter(({ name }) => name.includes(ONLY))
      : LONG
        ? all
        : sampleOf(all, { seed: SEED, size: SAMPLE })
    const started = Date.now()
    const problems = await playAll(stages, chosen)
    const seconds = Math.round((Date.now() - started) / 1000)
    console.log(`chaos ${name}: ${chosen.length} of ${all.length} cases in ${seconds} s`)
    expect(problems.join('\n')).toBe('')
  })
})
