import type { Failure } from './failure.ts'

/** A run ends when the rate limit resets later than this. */
export const LONGEST_WAIT_MS = 10_000

const FIRST_BACKOFF_MS = 250
/** The largest time of a Date. */
const LATEST_DATE = 8.64e15

const LIMITS = ['requests', 'complexity', 'endpoint-requests']

export interface Attempt {
  failure: Failure
  /** 0 for the first attempt. */
  attempt: number
  /** Epoch milliseconds. */
  now: number
  /** From 0 to 1. Spreads the retries of runs that failed at the same time. */
  random: number
}

/** Milliseconds until the next attempt. Undefined when a retry cannot help, or would be too late. */
export function retryDelayOf({ failure, attempt, now, random }: Attempt): number | undefined {
  if (!failure.passing) return undefined
  const backoff = Math.round(FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + random / 2))
  const reset = resetOf(failure.headers, now)
  if (reset === undefined) return backoff
  const wait = Math.max(reset - now, 0) + backoff
  return reset - now > LONGEST_WAIT_MS ? undefined : wait
}

/**
 * When a request may succeed again, in epoch milliseconds: `Retry-After` (seconds or a date), else the latest reset of
 * the limits that are used up. Undefined without such a header.
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
