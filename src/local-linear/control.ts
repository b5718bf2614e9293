import type { Answer } from './execute.ts'
import type { Fault, Faults } from './faults.ts'
import type { State } from './records.ts'

/** Every HTTP request to the API, and those that carried a mutation; refused and broken ones count too. */
export interface Counters {
  requests: number
  mutations: number
}

interface Controlled {
  faults: Faults
  counters: Counters
  state: State
}

/**
 * The control channel for tests whose server runs in another process. Takes `{ inject: Fault }`, `{ reset: true }`
 * (forgets faults, zeroes counters) or `{ state: true }`; always answers counters, pending faults and the state.
 */
export function answerControl(text: string, { faults, counters, state }: Controlled): Answer {
  let request: { inject?: Fault; reset?: boolean; state?: boolean }
  try {
    request = JSON.parse(text)
  } catch {
    return { status: 400, headers: {}, body: { error: 'the body is no JSON' } }
  }
  const unknown = Object.keys(request).filter(key => !['inject', 'reset', 'state'].includes(key))
  if (unknown.length > 0)
    return { status: 400, headers: {}, body: { error: `unknown: ${unknown.join(', ')}` } }
  if (request.reset) {
    faults.reset()
    Object.assign(counters, { requests: 0, mutations: 0 })
  }
  if (request.inject) faults.inject(request.inject)
  return { status: 200, headers: {}, body: { counters, faults: faults.pending, state } }
}
