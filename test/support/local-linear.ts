import type { State } from '../../src/local-linear/records.ts'
import * as embedded from '../../src/local-linear/server.ts'
import { Faults, operationOf } from './linear-faults.ts'
import { type Seed, stateOf } from './linear-seed.ts'
import { Store } from './linear-store.ts'

export type LocalLinearOptions = Omit<embedded.LocalLinearOptions, 'state' | 'intercept'> & { seed?: Seed }

export interface LocalLinear extends embedded.LocalLinear {
  store: Store
  faults: Faults
  /** HTTP requests to the API, and those with a mutation. Requests that failed count too. */
  counters: { requests: number; mutations: number }
}

/** The embedded Linear with a workspace of the test's choosing, faults to inject, and people who edit its issues. */
export async function startLocalLinear({ seed, ...options }: LocalLinearOptions): Promise<LocalLinear> {
  const faults = new Faults()
  const counters = { requests: 0, mutations: 0 }
  const state: { state?: State } = seed ? { state: stateOf(seed, options.now?.() ?? new Date()) } : {}
  const server = await embedded.startLocalLinear({
    ...options,
    ...state,
    intercept(exchange) {
      counters.requests += 1
      if (exchange.parsed && operationOf(exchange.parsed)?.operation === 'mutation') counters.mutations += 1
      return faults.intercept(exchange)
    },
  })
  return { ...server, store: new Store(server.database), faults, counters }
}
