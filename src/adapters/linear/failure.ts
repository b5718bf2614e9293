import type { Answer, Answered } from './answer.ts'

/** Why an answer has no complete data. */
export interface Failure {
  kind: 'auth' | 'limited' | 'unavailable' | 'refused'
  /** The message of Linear without control characters, of any length, or one clause about what happened. */
  said: string
  /** Whether the same request may succeed when sent again. */
  passing: boolean
  headers: Headers
}

const AUTH = new Set(['AUTHENTICATION_ERROR', 'UNAUTHENTICATED'])
const PASSING = new Set(['INTERNAL_SERVER_ERROR', 'INTERNAL_ERROR', 'LOCK_TIMEOUT', 'NETWORK_ERROR'])

/**
 * Undefined when the answer is complete. The body is examined before the status, because Linear sends rate limits as 400
 * and refusals as 200. An answer with errors is never complete, even when it has data too.
 */
export function failureOf(answer: Answer): Failure | undefined {
  if (answer.kind === 'lost') {
    return { kind: 'unavailable', said: answer.reason, passing: true, headers: new Headers() }
  }
  if (answer.errors.length > 0) return failureOfError(answer.errors[0], answer)
  const complete = answer.status === 200 && typeof answer.data === 'object' && answer.data !== null
  return complete ? undefined : failureOfStatus(answer)
}

function failureOfError(error: unknown, { status, headers }: Answered): Failure {
  const { codes, said } = readError(error)
  const is = (known: Set<string>) => codes.some(code => known.has(code))
  if (codes.includes('RATELIMITED') || status === 429)
    return { kind: 'limited', said, passing: true, headers }
  if (is(AUTH) || status === 401 || (status === 400 && /\bbearer\b/i.test(said))) {
    return { kind: 'auth', said, passing: false, headers }
  }
  if (is(PASSING) || status >= 500) return { kind: 'unavailable', said, passing: true, headers }
  return { kind: 'refused', said, passing: false, headers }
}

function failureOfStatus({ status, headers }: Answered): Failure {
  const type = (headers.get('content-type') ?? 'no content type').replace(/;.*/s, '').trim()
  const said = status === 200 ? `HTTP 200 without data (${type})` : `HTTP ${status} (${type})`
  if (status === 429) return { kind: 'limited', said, passing: true, headers }
  if (status === 401) return { kind: 'auth', said, passing: false, headers }
  return { kind: 'unavailable', said: sentenceOf(said), passing: status >= 500 || status === 408, headers }
}

function readError(error: unknown): { codes: string[]; said: string } {
  const { message, extensions } = recordOf(error)
  const { code, type, userPresentableMessage } = recordOf(extensions)
  const codes = [code, type].filter(name => typeof name === 'string')
  const sentences = [message, userPresentableMessage].filter(text => typeof text === 'string' && text !== '')
  return {
    codes: codes.map(name => name.toUpperCase().replace(/\s+/g, '_')),
    said: sentenceOf([...new Set(sentences)].join(' - ') || 'no reason given'),
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Removes control, format and line characters, which could control the terminal. */
function sentenceOf(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
