import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { GraphQLError } from 'graphql'
import { authenticationError } from './authentication.ts'
import { answerControl, type Counters } from './control.ts'
import type { Database } from './database.ts'
import { refusal } from './errors.ts'
import {
  type Answer,
  answerRequest,
  type GraphqlRequest,
  parseRequest,
  rateLimited,
  requestKind,
  type Service,
} from './execute.ts'
import { type Fault, Faults } from './faults.ts'
import { readBody, sendHtml, sendJson } from './http.ts'
import { openDatabase } from './open-database.ts'
import { API_KEY_LIMITS, RateLimiter, type RateLimits } from './rate-limits.ts'
import { schemaOf } from './schema.ts'
import type { Seed } from './seed.ts'
import { Store } from './store.ts'

export interface LocalLinearOptions {
  /** Linear's schema as SDL. */
  schema: string
  /** Absolute path; the workspace lives in memory without one. A file that exists wins over the seed. */
  stateFile?: string
  /** Default: a free one. */
  port?: number
  seed?: Seed
  now?: () => Date
  /** API keys that are accepted. Default `lin_api_local`. */
  keys?: string[]
  /** Default: those of a real API key. */
  limits?: Partial<RateLimits>
  /** Keeps the process alive, for a server that is the process's only work. */
  ref?: boolean
  /** Answers `POST /control`. */
  control?: boolean
}

export interface LocalLinear {
  /** The GraphQL endpoint. */
  url: string
  store: Store
  faults: Faults
  counters: Counters
  close(): Promise<void>
}

interface Serving {
  options: LocalLinearOptions
  service: () => Service
  faults: Faults
  counters: Counters
  database: Database
}

/** Serves an embedded Linear on 127.0.0.1. Rejects when the port is taken or the state file is unreadable. */
export async function startLocalLinear(options: LocalLinearOptions): Promise<LocalLinear> {
  const now = options.now ?? (() => new Date())
  const database = openDatabase({ now, seed: options.seed, stateFile: options.stateFile })
  const limiter = new RateLimiter({ ...API_KEY_LIMITS, ...options.limits }, now)
  const faults = new Faults()
  const counters = { requests: 0, mutations: 0 }
  const service = () => ({ schema: schemaOf(options.schema), database, limiter })
  const serving = { options, service, faults, counters, database }
  const server = createServer((request, response) => {
    serve(request, response, serving).catch(error => failLoudly(response, error))
  })
  await listen(server, options)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    store: new Store(database),
    faults,
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
  const { options, faults, counters, database } = serving
  const text = await readBody(request)
  if (options.control && request.method === 'POST' && request.url === '/control') {
    database.refresh()
    return sendJson(response, answerControl(text ?? '', { faults, counters, state: database.state }))
  }
  if (request.url !== '/graphql') return sendHtml(response, 404, 'Not Found')
  const parsed = text === undefined ? undefined : parseRequest(text)
  const kind = parsed ? requestKind(parsed) : { kind: 'query' as const, names: [] }
  counters.requests += 1
  if (kind.kind === 'mutation') counters.mutations += 1
  if (text === undefined) return sendHtml(response, 413, 'Payload Too Large')

  const fault = faults.take(kind)
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'reset-before') return reset(request)
  if (fault?.kind === 'bad-gateway') return sendHtml(response, 502, '502 Bad Gateway')
  if (fault?.kind === 'rate-limit') return sendJson(response, limited(fault, serving))
  if (fault?.kind === 'slow') await delay(fault.delay ?? 200)
  const answer = answerOf(request, parsed, serving)
  if (fault?.kind === 'reset-after') return reset(request)
  sendJson(response, answer)
}

function answerOf(request: IncomingMessage, parsed: GraphqlRequest | undefined, serving: Serving): Answer {
  const { options, service } = serving
  const { authorization, 'content-type': type } = request.headers
  const unwelcome = authenticationError(authorization, options.keys ?? ['lin_api_local'])
  if (unwelcome) return refused(unwelcome, Number(unwelcome.extensions.statusCode), {})
  const json = type?.startsWith('application/json') === true
  if (request.method !== 'POST' || !json || !parsed) return refused(notGraphql(), 400, {})
  return answerRequest(parsed, service())
}

function limited({ retryAfter }: Fault, { service }: Serving): Answer {
  const retry = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  return refused(rateLimited(), 400, { ...service().limiter.headers(), ...retry })
}

function refused(error: GraphQLError, status: number, headers: Record<string, string>): Answer {
  return { status, headers, body: { errors: [error.toJSON()] } }
}

function notGraphql(): GraphQLError {
  const message = 'POST a JSON body with a query.'
  return refusal({ type: 'graphql error', code: 'BAD_REQUEST', message, status: 400 })
}

function reset(request: IncomingMessage): void {
  request.socket.resetAndDestroy()
}

function failLoudly(response: ServerResponse, error: unknown): void {
  const message = `The embedded Linear failed: ${error instanceof Error ? error.stack : error}`
  const failed = refusal({ type: 'internal error', code: 'INTERNAL_SERVER_ERROR', message, status: 500 })
  if (!response.headersSent) sendJson(response, refused(failed, 500, {}))
}
