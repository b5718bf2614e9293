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
 * Sends one request through the SDK. Each request gets a new client, because the abort signal of a client would abort its
 * later requests too. Rejects with the error of fetch when there is no HTTP answer.
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

/** The SDK parses only `application/json`. Gateways also send GraphQL answers with other JSON types. */
function bodyOf(text: string): { data?: unknown; errors?: unknown } {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}
