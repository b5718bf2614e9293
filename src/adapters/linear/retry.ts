import type { Failure } from './failure.ts'

/** Waiting longer than this for a limit to reset is not worth holding a run. */
export const LONGEST_WAIT_MS = 10_000

const FIRST_BACKOFF_MS = 250
/** Beyond it a Date is invalid. */
const LATEST_DATE = 8.64e15

const LIMITS = ['requests', 'complexity', 'endpoint-requests']

export interface Attempt {
  failure: Failure
  /** 0 for the first attempt. */
  attempt: number
  /** Epoch milliseconds. */
  now: number
  /** From 0 to 1: spreads runs that failed together. */
  random: number
}

/** Milliseconds to wait before the next attempt; undefined when another attempt is pointless or too far away. */
export function retryDelayOf({ failure, attempt, now, random }: Attempt): number | undefined {
  if (!failure.passing) return undefined
  const backoff = Math.round(FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + random / 2))
  const reset = resetOf(failure.headers, now)
  if (reset === undefined) return backoff
  const wait = Math.max(reset - now, 0) + backoff
  return reset - now > LONGEST_WAIT_MS ? undefined : wait
}

/**
 * When to come back, in epoch milliseconds: `Retry-After` (seconds or a date), else the latest reset among the
 * limits that are used up. Undefined when the headers do not say.
 */
export function resetOf(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after')
  if (after !== null && after.trim() !== '') {
    const at = Number.isFinite(Number(after)) ? now + Number(after) * 1000 : Date.parse(after)
    if (Math.abs(at) < LATEST_DATE) return at
  }
  const resets = LIMITS.filter(name => headers.get(`x-ratelimit-${name}-remaining`)?.trim() === '0')
    .map(name => Number(headers.get(`x-ratelimit-${name}-reset`) ?? Number.NaN))
    .filter(at => at > 0 && at < LATEST_DATE)
  return resets.length === 0 ? undefined : Math.max(...resets)
}
