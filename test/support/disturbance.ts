import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Fault } from './linear-faults.ts'
import type { Ended } from './opsx-process.ts'
import { outcomeOf, restOf } from './outcome.ts'
import { type Reference, restAfter } from './reference.ts'
import type { Stage } from './stage.ts'

/** One thing that goes wrong at one place of an act. */
export type Disturbance = { reference: Reference; step: number; name: string } & (
  | { fault: Fault }
  | { kill: `${'before' | 'after'}:${number}` }
)

const FAULTS = ['rate-limit', 'bad-gateway', 'reset-before', 'reset-after', 'hang'] as const
/** More often than anything is tried again. */
const LASTING = 1000
/** What a command that already did its work answers the second time. */
const REFUSALS = /TRANSITION_REFUSED|CHANGE_EXISTS/

/** Every HTTP request of an act with every fault, once and lasting, and a kill before and after every effect. */
export function disturbancesOf(reference: Reference): Disturbance[] {
  return reference.steps.flatMap(({ requests, effects }, step) => {
    const at = `${reference.act.name} ${step + 1} (${reference.act.steps[step]?.args.slice(0, 2).join(' ')})`
    const faults = countTo(requests).flatMap(request =>
      FAULTS.flatMap(kind =>
        [1, LASTING].map(times => ({
          reference,
          step,
          name: `${at}: ${times === 1 ? 'one' : 'lasting'} ${kind} at request ${request}`,
          fault: { kind, at: request, times },
        })),
      ),
    )
    const kills = effects.flatMap((effect, index) =>
      (['before', 'after'] as const).map(when => ({
        reference,
        step,
        name: `${at}: killed ${when} effect ${index + 1}, ${effect}`,
        kill: `${when}:${index + 1}` as const,
      })),
    )
    return [...faults, ...kills]
  })
}

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

/** A sample that is the same for the same seed, and changes little when cases are added. */
export function sampleOf(all: Disturbance[], { seed, size }: { seed: string; size: number }): Disturbance[] {
  const keyOf = ({ name }: Disturbance) => createHash('sha256').update(`${seed} ${name}`).digest('hex')
  return all
    .map(disturbance => ({ disturbance, key: keyOf(disturbance) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, size)
    .map(({ disturbance }) => disturbance)
}

/**
 * Plays a step disturbed, then the same command and a sync undisturbed. When repository and Linear are then what they
 * would be anyway, so is the rest of the act; otherwise it is played. Returns what is wrong: an unexpected exit of a process,
 * an outcome other than the reference's, or a further sync that still writes.
 */
export async function playDisturbed(stage: Stage, disturbance: Disturbance): Promise<string[]> {
  const { reference, step } = disturbance
  const { steps } = reference.act
  const args = steps[step]?.args ?? []
  const rest = await restAfter(stage, reference, step)
  stage.restore(reference.steps[step]?.save ?? '')
  const problems = await disturb(stage, args, disturbance)
  stage.linear.faults.reset()
  const again = await stage.run(args)
  if (again.code !== 0 && !REFUSALS.test(again.err)) problems.push(surprise('the same command again', again))
  problems.push(...(await playOn(stage, ['sync'])))
  if (!isDeepStrictEqual(restOf(stage), rest)) problems.push(...(await playToTheEnd(stage, disturbance)))
  return problems.map(problem => `${disturbance.name}\n   ${problem}`)
}

async function playToTheEnd(stage: Stage, { reference, step }: Disturbance): Promise<string[]> {
  const problems: string[] = []
  for (const { args, prepare } of reference.act.steps.slice(step + 1)) {
    prepare?.(stage)
    problems.push(...(await playOn(stage, args)))
  }
  const outcome = outcomeOf(stage)
  for (const key of Object.keys(outcome) as (keyof typeof outcome)[]) {
    if (isDeepStrictEqual(outcome[key], reference.outcome[key])) continue
    problems.push(`${key}: ${differenceOf(outcome[key], reference.outcome[key])}`)
  }
  return [...problems, ...(await unrest(stage))]
}

async function disturb(stage: Stage, args: string[], disturbance: Disturbance): Promise<string[]> {
  if ('kill' in disturbance) {
    const ended = await stage.run(args, { entry: 'chaos', env: { OPSX_CHAOS: disturbance.kill } })
    return ended.signal === 'SIGKILL' ? [] : [surprise('the process to be killed', ended)]
  }
  const { fault } = disturbance
  stage.linear.faults.inject(fault)
  const ended = await stage.run(args, { env: fault.kind === 'hang' ? { OPSX_TIMEOUT_MS: '400' } : {} })
  const expected = fault.times === 1 ? [0] : [0, 3, 75]
  const struck = stage.linear.faults.pending.every(({ times }) => times === LASTING)
  if (!struck) return ['the fault never struck']
  return expected.includes(ended.code ?? -1) ? [] : [surprise('the disturbed command', ended)]
}

async function playOn(stage: Stage, args: string[]): Promise<string[]> {
  const ended = await stage.run(args)
  return ended.code === 0 ? [] : [surprise(`opsx ${args.join(' ')}`, ended)]
}

/** One more sync must ask for nothing to be written. */
async function unrest(stage: Stage): Promise<string[]> {
  const before = stage.linear.counters.mutations
  await stage.run(['sync'])
  const mutations = stage.linear.counters.mutations - before
  return mutations === 0 ? [] : [`a further sync made ${mutations} mutations`]
}

function surprise(what: string, { code, signal, err }: Ended): string {
  return `${what} ended with ${code ?? signal}: ${err.trim()}`
}

/** The lines that only one side has. */
function differenceOf(found: unknown, wanted: unknown): string {
  const [here, there] = [linesOf(found), linesOf(wanted)]
  const added = here.filter(line => !there.includes(line)).map(line => `+ ${line}`)
  const missing = there.filter(line => !here.includes(line)).map(line => `- ${line}`)
  return [...added, ...missing, `${here.length} instead of ${there.length} lines`].join('\n     ')
}

function linesOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(line => String(line).split('\n'))
}

/** Plays all of them, as many at once as there are stages. */
export async function playAll(stages: Stage[], disturbances: Disturbance[]): Promise<string[]> {
  const queue = [...disturbances]
  const problems: string[] = []
  const play = async (stage: Stage) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      problems.push(...(await playDisturbed(stage, next)))
    }
  }
  await Promise.all(stages.map(play))
  return problems
}
