import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { LinearOptions } from '../../../src/adapters/linear/requester.ts'

export const KEY = 'lin_api_0123456789abcdefSECRET'

export interface OddServer {
  url: string
  /** Bodies of the requests so far. */
  bodies: string[]
  headers: IncomingMessage['headers'][]
}

/** A server that answers its nth request with the nth handler, and the last handler from then on. */
export async function serveOddly(...handlers: ((response: ServerResponse) => void)[]): Promise<OddServer> {
  const bodies: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      bodies.push(body)
      headers.push(request.headers)
      handlers[Math.min(bodies.length, handlers.length) - 1]?.(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, bodies, headers }
}

/** An address at which nothing listens. */
export async function unusedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return `http://127.0.0.1:${port}/graphql`
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export function text(status: number, type: string, body: string, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type, ...headers })
    response.end(body)
  }
}

/** An answer with one GraphQL error. */
export function refusal(status: number, message: string, extensions: Record<string, unknown> = {}) {
  return json(status, { data: null, errors: [{ message, extensions }] })
}

export const ORGANIZATION = { id: 'o1', urlKey: 'acme', previousUrlKeys: [], name: 'Acme' }
export const EMPTY_BOARD = json(200, { data: { organization: ORGANIZATION } })

/** Options that wait for nothing; `slept` collects the milliseconds asked for. */
export function fast(apiUrl: string, more: Partial<LinearOptions> = {}) {
  const slept: number[] = []
  const options: LinearOptions = {
    apiUrl,
    apiKey: KEY,
    timeoutMs: 10_000,
    random: () => 0.5,
    sleep: async milliseconds => {
      slept.push(milliseconds)
    },
    ...more,
  }
  return { options, slept }
}
