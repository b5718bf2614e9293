import type { Answer, Lost } from './answer.ts'

export interface TransportOptions {
  apiUrl: string
  apiKey: string
  timeoutMs: number
}

export type Transport = (document: string, variables: Record<string, unknown>) => Promise<Answer>

/** Sends one HTTP request per call. The promise never rejects. The SDK is loaded with the first request. */
export function openTransport(options: TransportOptions): Transport {
  const { apiUrl, apiKey, timeoutMs } = options
  return async (document, variables) => {
    const sdk = await import('./sdk.ts')
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeoutMs)
    try {
      return await sdk.postThroughSdk({ apiUrl, apiKey, document, variables, signal: deadline.signal })
    } catch (error) {
      return deadline.signal.aborted ? lost(`no answer within ${timeoutMs / 1000} s`) : lost(reasonOf(error))
    } finally {
      clearTimeout(timer)
    }
  }
}

function lost(reason: string): Lost {
  return { kind: 'lost', reason }
}

/** Only codes, because the messages of fetch contain addresses and headers. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'the answer is not valid JSON'
  const cause: unknown = error instanceof Error ? error.cause : undefined
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : 'the connection failed'
  return 'the answer could not be read'
}
