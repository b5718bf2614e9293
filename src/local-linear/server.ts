import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLError } from 'graphql'
import { authenticationError } from './authentication.ts'
import { Database } from './database.ts'
import { refusal } from './errors.ts'
import {
  type Answer,
  answerRequest,
  type GraphqlRequest,
  isMutation,
  parseRequest,
  type Service,
} from './execute.ts'
import { readBody, sendHtml, sendJson } from './http.ts'
import { initialState } from './initial-state.ts'
import { API_KEY_LIMITS, RateLimiter, type RateLimits } from './rate-limits.ts'
import type { State } from './records.ts'
import { schemaOf } from './schema.ts'

/** One HTTP request to the API. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  /** Undefined when the body is no GraphQL request. */
  parsed: GraphqlRequest | undefined
  service: Service
  /** Runs the request. */
  answer(): Answer
}

export interface LocalLinearOptions {
  /** Linear's schema as SDL. */
  schema: string
  /** Absolute path. Without one, the workspace exists in memory only. */
  stateFile?: string
  /** The workspace when there is no state file. */
  state?: State
  /** Default: a free one. */
  port?: number
  now?: () => Date
  /** API keys that are accepted. Default `lin_api_local`. */
  keys?: string[]
  /** Default: those of a real API key. */
  limits?: Partial<RateLimits>
  /** Keeps the process running until the server is closed. */
  ref?: boolean
  /** Handles a request instead of the server, so that tests can inject faults. */
  intercept?: (exchange: Exchange) => Promise<void>
}

/** HTTP requests to the API, and those with a mutation. Requests that failed count too. */
export interface Counters {
  requests: number
  mutations: number
}

export interface LocalLinear {
  /** The GraphQL endpoint. */
  url: string
  database: Database
  counters: Counters
  close(): Promise<void>
}

interface Serving {
  options: LocalLinearOptions
  service: () => Service
  counters: Counters
}

/** Serves an embedded Linear on 127.0.0.1. Rejects when the port is taken or the state file is unreadable. */
export async function startLocalLinear(options: LocalLinearOptions): Promise<LocalLinear> {
  const { now = () => new Date(), stateFile } = options
  const database = new Database({ now, state: options.state ?? initialState(now()), stateFile })
  const limiter = new RateLimiter({ ...API_KEY_LIMITS, ...options.limits }, now)
  const counters = { requests: 0, mutations: 0 }
  const service = () => ({ schema: schemaOf(options.schema), database, limiter })
  const server = createServer((request, response) => {
    serve(request, response, { options, service, counters }).catch(error => reportFailure(response, error))
  })
  await listen(server, options)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    database,
    counters,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, { port = 0, ref = false }: LocalLinearOptions): Promise<void> {
  if (!ref) {
    server.unref()
    server.on('connection', socket => socket.unref())
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { options, service, counters } = serving
  const text = await readBody(request)
  if (request.url !== '/graphql') return sendHtml(response, 404, 'Not Found')
  const parsed = text === undefined ? undefined : parseRequest(text)
  counters.requests += 1
  if (parsed && isMutation(parsed)) counters.mutations += 1
  if (text === undefined) return sendHtml(response, 413, 'Payload Too Large')
  const answer = () => answerOf(request, parsed, serving)
  if (options.intercept) return options.intercept({ request, response, parsed, service: service(), answer })
  sendJson(response, answer())
}

function answerOf(request: IncomingMessage, parsed: GraphqlRequest | undefined, serving: Serving): Answer {
  const { options, service } = serving
  const { authorization, 'content-type': type } = request.headers
  const unauthorized = authenticationError(authorization, options.keys ?? ['lin_api_local'])
  if (unauthorized) return refused(unauthorized, Number(unauthorized.extensions.statusCode))
  const json = type?.startsWith('application/json') === true
  if (request.method !== 'POST' || !json || !parsed) return refused(notGraphql(), 400)
  return answerRequest(parsed, service())
}

function refused(error: GraphQLError, status: number): Answer {
  return { status, headers: {}, body: { errors: [error.toJSON()] } }
}

function notGraphql(): GraphQLError {
  const message = 'POST a JSON body with a query.'
  return refusal({ type: 'graphql error', code: 'BAD_REQUEST', message, status: 400 })
}

function reportFailure(response: ServerResponse, error: unknown): void {
  const message = `The embedded Linear failed: ${error instanceof Error ? error.stack : error}`
  const failed = refusal({ type: 'internal error', code: 'INTERNAL_SERVER_ERROR', message, status: 500 })
  if (!response.headersSent) sendJson(response, refused(failed, 500))
}
