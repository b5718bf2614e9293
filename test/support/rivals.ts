import { createHash } from 'node:crypto'
import type { Ended } from './opsx-process.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Stage } from './stage.ts'

/** One of several processes that run at once. */
export interface Rival {
  args: string[]
  directory: string
}

const LONGEST_DELAY_MS = 250
const REQUESTS = 40

/** How often a race is run, and from which seed. */
export const ROUNDS = countTo(process.env.OPSX_LONG ? 10 : 1).map(
  round => `${process.env.OPSX_SEED ?? 'opsx'} ${round}`,
)

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

/** Runs processes at once. Linear answers each request after a delay that depends on the seed. */
export async function race(stage: Stage, rivals: Rival[], seed: string): Promise<Ended[]> {
  for (const request of countTo(REQUESTS)) {
    const digest = createHash('sha256').update(`${seed} ${request}`).digest()
    stage.linear.faults.inject({ kind: 'slow', delay: digest.readUInt16BE(0) % LONGEST_DELAY_MS })
  }
  const ended = await Promise.all(rivals.map(({ args, directory }) => stage.run(args, { directory })))
  stage.linear.faults.reset()
  return ended
}

/** What one undisturbed run of a command leaves behind. */
export async function aloneFrom(stage: Stage, save: string, args: string[]): Promise<Outcome> {
  stage.restore(save)
  const { code, err } = await stage.run(args)
  if (code !== 0) throw new Error(`opsx ${args.join(' ')} ended with ${code}: ${err}`)
  return outcomeOf(stage)
}

/** Each process did its work or gave way to another; at least one did it. */
export function isOrderly(ended: Ended[]): boolean {
  const stoodBack = ({ code, err }: Ended) => code === 75 && err.includes('LOCKED')
  return ended.some(({ code }) => code === 0) && ended.every(end => end.code === 0 || stoodBack(end))
}
