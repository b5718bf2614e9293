import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANGE } from '../../src/demo/change-files.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { type Outcome, outcomeOf } from '../support/outcome.ts'
import { playReference, type Reference } from '../support/reference.ts'
import { aloneFrom, isOrderly, ROUNDS, race } from '../support/rivals.ts'
import { openStage, type Stage } from '../support/stage.ts'
import { ACTS, DIRECTORY } from '../support/story.ts'

let stage: Stage
let references: Reference[] = []
const home = temporaryDirectory()

beforeAll(async () => {
  stage = await openStage()
  references = await playReference(stage, ACTS.slice(0, 2), home)
}, 300_000)

afterAll(async () => {
  await stage.close()
  rmSync(home, { recursive: true, force: true })
})

/** Where a step of an act begins. */
function saveOf(act: string, step: number): string {
  return references.find(reference => reference.act.name === act)?.steps[step - 1]?.save ?? ''
}

function mutations(): number {
  return stage.linear.counters.mutations
}

const CROSSINGS: [string, string, number][] = [
  ['the first ticked box', 'golden', 5],
  ['a failed verdict', 'golden', 6],
  ['a passed verdict', 'golden', 7],
  ['a rejection', 'rounds', 2],
  ['the failure too many', 'rounds', 4],
]

describe.each(CROSSINGS)('two syncs at once after %s', (_, act, step) => {
  let alone: Outcome
  beforeAll(async () => {
    alone = await aloneFrom(stage, saveOf(act, step), ['sync'])
  })

  test.each(ROUNDS)('in one repository, one waits or both agree (%s)', async seed => {
    stage.restore(saveOf(act, step))
    const rival = { args: ['sync'], directory: stage.directory }
    const ended = await race(stage, [rival, rival], seed)
    expect(isOrderly(ended), JSON.stringify(ended)).toBe(true)
    expect(outcomeOf(stage)).toEqual(alone)
    const before = mutations()
    expect((await stage.run(['sync'])).code).toBe(0)
    expect(mutations()).toBe(before)
    expect(outcomeOf(stage)).toEqual(alone)
  })

  test.each(ROUNDS)('in two clones, the issue has one comment and both ledgers agree (%s)', async seed => {
    stage.restore(saveOf(act, step))
    const clone = join(temporaryDirectory(), 'clone')
    cpSync(stage.directory, clone, { recursive: true })
    const rivals = [stage.directory, clone].map(directory => ({ args: ['sync'], directory }))
    const ended = await race(stage, rivals, seed)
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    const before = mutations()
    for (const { directory } of rivals) {
      expect(outcomeOf({ ...stage, directory })).toEqual(alone)
      expect((await stage.run(['sync'], { directory })).code).toBe(0)
      expect(outcomeOf({ ...stage, directory })).toEqual(alone)
    }
    expect(mutations()).toBe(before)
    rmSync(join(clone, '..'), { recursive: true, force: true })
  })
})

describe('two worktrees of one repository', () => {
  test.each(ROUNDS)('share the lock, and each ledger records what happened (%s)', async seed => {
    stage.restore(saveOf('golden', 5))
    stage.commit('Tick the first box')
    const tree = join(temporaryDirectory(), 'tree')
    stage.git('worktree', 'add', '--quiet', '-b', 'work', tree)
    writeFileSync(join(tree, `${DIRECTORY}/notes.md`), 'The branch works on the change as well.\n')
    stage.git('-C', tree, 'add', '--all')
    stage.git('-C', tree, 'commit', '--quiet', '--message', 'Take notes')
    const rivals = [stage.directory, tree].map(directory => ({ args: ['sync'], directory }))
    const ended = await race(stage, rivals, seed)
    expect(isOrderly(ended), JSON.stringify(ended)).toBe(true)
    for (const { directory } of rivals) expect((await stage.run(['sync'], { directory })).code).toBe(0)
    const outcomes = rivals.map(({ directory }) => outcomeOf({ ...stage, directory }))
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[0]?.ledger).toEqual(['Backlog->Todo posted', 'Todo->In Progress posted'])
    expect(outcomes[0]?.comments.length).toBe(2)
    rmSync(join(tree, '..'), { recursive: true, force: true })
  })
})

describe('a bind and a sync at once', () => {
  test.each(ROUNDS)('end as the bind alone would, once both have run (%s)', async seed => {
    const bind = ['bind', CHANGE, 'CAM-15']
    const alone = await aloneFrom(stage, saveOf('golden', 3), bind)
    stage.restore(saveOf('golden', 3))
    const { directory } = stage
    const ended = await race(
      stage,
      [
        { args: bind, directory },
        { args: ['sync'], directory },
      ],
      seed,
    )
    expect(isOrderly(ended), JSON.stringify(ended)).toBe(true)
    expect((await stage.run(bind)).code).toBe(0)
    expect((await stage.run(['sync'])).code).toBe(0)
    expect(outcomeOf(stage)).toEqual(alone)
  })
})
