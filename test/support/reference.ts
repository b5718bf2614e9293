import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, outcomeOf, type Rest, restOf } from './outcome.ts'
import type { Stage } from './stage.ts'
import type { Act } from './story.ts'

/** One act, undisturbed: what every disturbance is compared with. */
export interface Reference {
  act: Act
  steps: ReferenceStep[]
  outcome: Outcome
}

export interface ReferenceStep {
  /** Repository and Linear just before the step's command. */
  save: string
  /** HTTP requests of the command. */
  requests: number
  /** Names of the command's effects, in order. */
  effects: string[]
}

const rested = new Map<ReferenceStep, Promise<Rest>>()

/** What a step and a sync after it leave behind, undisturbed; played on the stage that asks first. */
export function restAfter(stage: Stage, { act, steps }: Reference, index: number): Promise<Rest> {
  const step = steps[index] as ReferenceStep
  const known = rested.get(step) ?? playRested(stage, step, act.steps[index]?.args ?? [])
  rested.set(step, known)
  return known
}

async function playRested(stage: Stage, { save }: ReferenceStep, args: string[]): Promise<Rest> {
  stage.restore(save)
  await stage.run(args)
  await stage.run(['sync'])
  return restOf(stage)
}

/** Plays acts one after the other on a stage and keeps, under `home`, what each step began with. */
export async function playReference(stage: Stage, acts: Act[], home: string): Promise<Reference[]> {
  const references: Reference[] = []
  for (const act of acts) {
    const steps: ReferenceStep[] = []
    for (const [index, step] of act.steps.entries()) {
      step.prepare?.(stage)
      const save = join(home, `${act.name}-${index}`)
      stage.save(save)
      steps.push({ save, ...(await playCounted(stage, step.args, join(home, 'effects'))) })
    }
    references.push({ act, steps, outcome: outcomeOf(stage) })
  }
  return references
}

async function playCounted(stage: Stage, args: string[], list: string) {
  rmSync(list, { force: true })
  const before = stage.linear.counters.requests
  const ended = await stage.run(args, { entry: 'chaos', env: { OPSX_CHAOS: `list:${list}` } })
  if (ended.code !== 0) throw new Error(`opsx ${args.join(' ')} ended with ${ended.code}: ${ended.err}`)
  const effects = existsSync(list) ? readFileSync(list, 'utf8').trimEnd().split('\n') : []
  return { requests: stage.linear.counters.requests - before, effects }
}
