import { afterEach } from 'vitest'
import { readLinearSchema } from '../support/linear-schema.ts'
import { type LocalLinear, type LocalLinearOptions, startLocalLinear } from '../support/local-linear.ts'

export const KEY = 'lin_api_local'

interface Body {
  // biome-ignore lint/suspicious/noExplicitAny: answers of a foreign service
  data?: any
  errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[]
}

export interface Reply extends Body {
  status: number
  headers: Headers
  text: string
}

const running: LocalLinear[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close()))
})

/** A server that the test file stops after the test. */
export async function serve(options: Partial<LocalLinearOptions> = {}): Promise<LocalLinear> {
  const server = await startLocalLinear({ schema: readLinearSchema(), ...options })
  running.push(server)
  return server
}

interface Request {
  variables?: Record<string, unknown>
  headers?: Record<string, string>
}

/** One raw GraphQL request. */
export async function ask({ url }: { url: string }, query: string, request: Request = {}): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: KEY, ...request.headers },
    body: JSON.stringify({ query, variables: request.variables ?? {} }),
  })
  const text = await response.text()
  const json = response.headers.get('content-type')?.startsWith('application/json')
  return {
    ...(json ? (JSON.parse(text) as Body) : {}),
    status: response.status,
    headers: response.headers,
    text,
  }
}

/** Message, code and HTTP status of a refused request. */
export function refusalOf(reply: Reply) {
  const [error] = reply.errors ?? []
  return { status: reply.status, data: reply.data, message: error?.message, code: error?.extensions.code }
}
