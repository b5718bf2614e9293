const HOUR_MS = 3_600_000

export interface RateLimits {
  /** Per hour. */
  requests: number
  /** Points per hour. */
  complexity: number
}

/** Limits of an API key. */
export const API_KEY_LIMITS: RateLimits = { requests: 2_500, complexity: 3_000_000 }

/** Two leaky buckets, for requests and for complexity. Both drain evenly within an hour. */
export class RateLimiter {
  readonly #limits: RateLimits
  readonly #now: () => Date
  #used: RateLimits = { requests: 0, complexity: 0 }
  #at: number

  constructor(limits: RateLimits, now: () => Date) {
    this.#limits = limits
    this.#now = now
    this.#at = now().getTime()
  }

  /** Counts one request of that many points. Returns false when a bucket is full. */
  take(complexity: number): boolean {
    this.#drain()
    const { requests, complexity: points } = this.#limits
    if (this.#used.requests + 1 > requests || this.#used.complexity + complexity > points) return false
    this.#used.requests += 1
    this.#used.complexity += complexity
    return true
  }

  /** The headers Linear sends with every answer; resets in epoch milliseconds. */
  headers(complexity?: number): Record<string, string> {
    this.#drain()
    return {
      ...(complexity === undefined ? {} : { 'X-Complexity': String(complexity) }),
      ...this.#bucket('X-RateLimit-Requests', 'requests'),
      ...this.#bucket('X-RateLimit-Complexity', 'complexity'),
    }
  }

  #bucket(name: string, key: keyof RateLimits): Record<string, string> {
    const limit = this.#limits[key]
    const used = this.#used[key]
    return {
      [`${name}-Limit`]: String(limit),
      [`${name}-Remaining`]: String(Math.max(0, Math.floor(limit - used))),
      [`${name}-Reset`]: String(Math.ceil(this.#at + (used / limit) * HOUR_MS)),
    }
  }

  #drain(): void {
    const now = this.#now().getTime()
    const share = Math.max(0, now - this.#at) / HOUR_MS
    this.#at = now
    this.#used.requests = Math.max(0, this.#used.requests - share * this.#limits.requests)
    this.#used.complexity = Math.max(0, this.#used.complexity - share * this.#limits.complexity)
  }
}
