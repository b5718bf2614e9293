import { OpsxError } from '../../errors.ts'
import type { TrackerUsage } from '../../ports/tracker.ts'
import { type ApiKey, apiKeyOf } from './api-key.ts'
import { endpointOf } from './endpoint.ts'
import { type Failure, failureOf } from './failure.ts'
import { resetOf, retryDelayOf } from './retry.ts'
import { openTransport } from './transport.ts'

const LONGEST_SENTENCE = 500

export interface LinearOptions {
  apiKey: string
  /** https, or http on this machine. Default: Linear's own API. */
  apiUrl?: string
  /** Of one HTTP request, in milliseconds. Default 15,000. */
  timeoutMs?: number
  /** Attempts after the first. Default 3. */
  retries?: number
  sleep: (milliseconds: number) => Promise<void>
  /** From 0 to 1. */
  random: () => number
  /** Epoch milliseconds. Default: the clock of the machine. */
  now?: () => number
  /** Receives one line per HTTP request, without the key. */
  log?: (line: string) => void
}

/**
 * A query or mutation. A retry may send it twice, so it must have the same result then: a read, the write of an absolute
 * value, or a creation with an id from opsx.
 */
export interface Operation {
  /** The purpose for messages, e.g. `to move issue …`. */
  doing: string
  document: string
  variables: Record<string, unknown>
  mutation: boolean
}

export type Outcome = { data: unknown } | { failure: Failure; attempts: number }

export interface Requester {
  /** Sends an operation until it succeeds, is refused, or the attempts are used up. */
  send(operation: Operation): Promise<Outcome>
  /** The data of an outcome. Throws LINEAR_AUTH, LINEAR_RATE_LIMITED, LINEAR_UNAVAILABLE or LINEAR_REFUSED. */
  dataOf(operation: Operation, outcome: Outcome): unknown
  usage(): TrackerUsage
}

/** Throws ENDPOINT_REFUSED, KEY_MISSING or LINEAR_AUTH for invalid options. Sends no request. */
export function openRequester(options: LinearOptions): Requester {
  const { timeoutMs = 15_000, retries = 3, now = Date.now } = options
  const endpoint = endpointOf(options.apiUrl)
  const key = apiKeyOf(options.apiKey)
  const post = openTransport({ apiUrl: endpoint.href, apiKey: key.value, timeoutMs })
  const usage: TrackerUsage = { requests: 0, mutations: 0 }

  const attemptOnce = async (operation: Operation): Promise<Outcome> => {
    usage.requests += 1
    usage.mutations += operation.mutation ? 1 : 0
    const answer = await post(operation.document, operation.variables)
    const failure = failureOf(answer)
    const result = failure === undefined ? 'ok' : `${failure.kind}: ${saidOf(failure, key)}`
    options.log?.(`${endpoint.host} ${operation.doing}: ${result}`)
    if (failure !== undefined) return { failure, attempts: 1 }
    return { data: answer.kind === 'answered' ? answer.data : undefined }
  }

  const send = async (operation: Operation): Promise<Outcome> => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await attemptOnce(operation)
      if ('data' in outcome) return outcome
      const { failure } = outcome
      const delay = retryDelayOf({ failure, attempt, now: now(), random: options.random() })
      if (delay === undefined || attempt >= retries) return { failure, attempts: attempt + 1 }
      await options.sleep(delay)
    }
  }

  return {
    send,
    dataOf(operation, outcome) {
      if ('data' in outcome) return outcome.data
      const reset = resetOf(outcome.failure.headers, now())
      throw errorOf({ operation, ...outcome, host: endpoint.host, reset, key })
    },
    usage: () => ({ ...usage }),
  }
}

/** The key is removed before the text is cut, because a part of a key is still a secret. */
function saidOf({ said }: Failure, key: ApiKey): string {
  const safe = key.redact(said)
  return safe.length > LONGEST_SENTENCE ? `${safe.slice(0, LONGEST_SENTENCE)}…` : safe
}

interface Defeat {
  operation: Operation
  failure: Failure
  attempts: number
  host: string
  /** Epoch milliseconds. */
  reset: number | undefined
  key: ApiKey
}

/** The SDK's error is not attached as `cause`, because it contains the whole request. */
function errorOf({ operation, failure, attempts, host, reset, key }: Defeat): OpsxError {
  const { doing } = operation
  const said = saidOf(failure, key)
  switch (failure.kind) {
    case 'auth':
      return new OpsxError('LINEAR_AUTH', `Linear does not accept the API key: ${said}`, {
        hint: 'Set LINEAR_API_KEY to a personal API key of the workspace, without the word Bearer.',
      })
    case 'limited': {
      const until = reset === undefined ? '' : ` until ${new Date(reset).toISOString()}`
      return new OpsxError('LINEAR_RATE_LIMITED', `Linear's rate limit is used up${until}: ${said}`, {
        hint: reset === undefined ? 'Run again in a few minutes.' : 'Run again after that time.',
      })
    }
    case 'unavailable': {
      const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
      return new OpsxError('LINEAR_UNAVAILABLE', `Linear at ${host} failed ${doing} (${tries}): ${said}`, {
        hint: 'Check the network and the endpoint, then run again. Nothing is done twice.',
      })
    }
    case 'refused':
      return new OpsxError('LINEAR_REFUSED', `Linear refused ${doing}: ${said}`)
  }
}
