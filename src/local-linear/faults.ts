const KINDS = ['rate-limit', 'bad-gateway', 'slow', 'reset-before', 'reset-after', 'hang'] as const

/**
 * What can go wrong on the way. `rate-limit`: HTTP 400 with RATELIMITED. `bad-gateway`: 502 with HTML. `slow`: the
 * answer comes `delay` ms late. `reset-before`: the connection breaks and nothing was done. `reset-after`: it was
 * done, and the connection breaks before the answer. `hang`: nothing is done and no answer ever comes.
 */
export interface Fault {
  kind: (typeof KINDS)[number]
  /** The n-th matching request from now on, 1-based. Default 1. */
  at?: number
  /** How many matching requests in a row. Default 1. */
  times?: number
  /** Only requests of that kind count. */
  match?: 'query' | 'mutation'
  /** Only requests with this operation name or this root field count. */
  operation?: string
  /** Milliseconds, for `slow`. Default 200. */
  delay?: number
  /** Seconds, for `rate-limit`: sent as Retry-After, which Linear sends sometimes. */
  retryAfter?: number
}

/** What a request asks for, as far as faults and counters care. */
export interface RequestKind {
  kind: 'query' | 'mutation'
  /** Operation name and root fields. */
  names: string[]
}

/** The faults that wait for their request. */
export class Faults {
  #pending: { fault: Fault; wait: number; left: number }[] = []

  /** Throws for a kind that does not exist. */
  inject(fault: Fault): void {
    if (!KINDS.includes(fault.kind)) throw new Error(`no such fault: ${fault.kind}`)
    this.#pending.push({ fault, wait: (fault.at ?? 1) - 1, left: fault.times ?? 1 })
  }

  reset(): void {
    this.#pending = []
  }

  get pending(): Fault[] {
    return this.#pending.map(({ fault }) => fault)
  }

  /** The fault that strikes this request; every fault that matches counts it. */
  take(request: RequestKind): Fault | undefined {
    let struck: Fault | undefined
    for (const entry of this.#pending) {
      const { match, operation } = entry.fault
      if (match && match !== request.kind) continue
      if (operation && !request.names.includes(operation)) continue
      if (entry.wait > 0) {
        entry.wait -= 1
      } else if (!struck) {
        struck = entry.fault
        entry.left -= 1
      }
    }
    this.#pending = this.#pending.filter(({ left }) => left > 0)
    return struck
  }
}
