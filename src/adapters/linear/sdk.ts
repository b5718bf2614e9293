import { LinearClient, LinearError } from '@linear/sdk'
import type { Answered } from './answer.ts'

export interface SdkRequest {
  apiUrl: string
  apiKey: string
  document: string
  variables: Record<string, unknown>
  signal: AbortSignal
}

/**
 * One request through the SDK's transport. A fresh client each time, because a signal given to a client ends
 * all its later requests too. Rejects with whatever fetch rejects with when there is no HTTP answer.
 */
export async function postThroughSdk(request: SdkRequest): Promise<Answered> {
  const { apiUrl, apiKey, document, variables, signal } = request
  const { client } = new LinearClient({ apiUrl, apiKey, signal, redirect: 'manual' })
  try {
    const raw = await client.rawRequest<unknown, Record<string, unknown>>(document, variables)
    return answeredOf(raw)
  } catch (error) {
    const response = error instanceof LinearError ? error.raw?.response : undefined
    if (response === undefined) throw error
    return answeredOf(response)
  }
}

interface RawResponse {
  status?: number | undefined
  headers?: Headers | undefined
  data?: unknown
  errors?: unknown
  error?: unknown
}

function answeredOf(response: RawResponse): Answered {
  const body = typeof response.error === 'string' ? bodyOf(response.error) : response
  return {
    kind: 'answered',
    status: response.status ?? 0,
    headers: response.headers ?? new Headers(),
    data: body.data,
    errors: Array.isArray(body.errors) ? body.errors : [],
  }
}

/** The SDK parses `application/json` alone; gateways also send GraphQL answers under other JSON types. */
function bodyOf(text: string): { data?: unknown; errors?: unknown } {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}
