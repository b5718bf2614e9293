import type { State } from '../../src/local-linear/records.ts'
import * as embedded from '../../src/local-linear/server.ts'
import { Faults } from './linear-faults.ts'
import { type Seed, stateOf } from './linear-seed.ts'
import { Store } from './linear-store.ts'

export type LocalLinearOptions = Omit<embedded.LocalLinearOptions, 'state' | 'intercept'> & { seed?: Seed }

export interface LocalLinear extends embedded.LocalLinear {
  store: Store
  faults: Faults
}

/** The embedded Linear with a workspace of the test's choosing, faults to inject, and people who edit its issues. */
export async function startLocalLinear({ seed, ...options }: LocalLinearOptions): Promise<LocalLinear> {
  const faults = new Faults()
  const state: { state?: State } = seed ? { state: stateOf(seed, options.now?.() ?? new Date()) } : {}
  const server = await embedded.startLocalLinear({
    ...options,
    ...state,
    intercept: exchange => faults.intercept(exchange),
  })
  return { ...server, store: new Store(server.database), faults }
}
