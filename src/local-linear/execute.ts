import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  validate,
} from 'graphql'
import { complexityOf } from './complexity.ts'
import type { Database } from './database.ts'
import { refusal } from './errors.ts'
import { resolveField, unmodelledFields } from './modelled.ts'
import type { RateLimiter } from './rate-limits.ts'

const MAX_COMPLEXITY = 10_000

export interface GraphqlRequest {
  query: string
  variables: Record<string, unknown>
  operationName: string | null
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: unknown
}

export interface Service {
  schema: GraphQLSchema
  database: Database
  limiter: RateLimiter
}

/** A JSON body as a request. Undefined when it is none, and for a batch. */
export function parseRequest(text: string): GraphqlRequest | undefined {
  try {
    const body = JSON.parse(text) as Record<string, unknown> | null
    if (typeof body?.query !== 'string') return undefined
    const variables = (body.variables ?? {}) as Record<string, unknown>
    const operationName = typeof body.operationName === 'string' ? body.operationName : null
    return { query: body.query, variables, operationName }
  } catch {
    return undefined
  }
}

/** False for a document that cannot be parsed. */
export function isMutation({ query, operationName }: GraphqlRequest): boolean {
  const document = parsed(query)
  return (
    !(document instanceof GraphQLError) && getOperationAST(document, operationName)?.operation === 'mutation'
  )
}

/** Answers as Linear does: HTTP 400 for a request that is refused before it runs, 200 when it fails while it runs. */
export function answerRequest(request: GraphqlRequest, service: Service): Answer {
  const { schema, database, limiter } = service
  const refuse = (errors: readonly GraphQLError[], headers = limiter.headers()): Answer => ({
    status: 400,
    headers,
    body: { errors: errors.map(error => error.toJSON()) },
  })

  const document = parsed(request.query)
  if (document instanceof GraphQLError) return refuse([recoded(document, 'GRAPHQL_PARSE_FAILED')])
  const invalid = validate(schema, document)
  if (invalid.length > 0) return refuse(invalid.map(error => recoded(error, 'GRAPHQL_VALIDATION_FAILED')))
  const operation = getOperationAST(document, request.operationName)
  if (!operation)
    return refuse([recoded(new GraphQLError('Unknown operation.'), 'GRAPHQL_VALIDATION_FAILED')])
  const unknown = unmodelledFields(schema, document)
  if (unknown.length > 0) return refuse(unknown)
  const { coerced, errors } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    request.variables,
  )
  if (errors) return refuse(errors.map(error => recoded(error, 'INPUT_ERROR')))

  const complexity = complexityOf(operation, { schema, fragments: fragmentsOf(document), variables: coerced })
  if (complexity > MAX_COMPLEXITY) return refuse([tooComplex(complexity)], limiter.headers(complexity))
  if (!limiter.take(complexity)) return refuse([rateLimited()], limiter.headers(complexity))
  const body = run({ document, request, schema, database })
  return { status: 200, headers: limiter.headers(complexity), body }
}

interface Run {
  document: DocumentNode
  request: GraphqlRequest
  schema: GraphQLSchema
  database: Database
}

function run({ document, request, schema, database }: Run): ExecutionResult {
  database.refresh()
  const viewer = { userId: database.state.viewerId, botId: null }
  return execute({
    schema,
    document,
    rootValue: {},
    contextValue: { database, viewer },
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField,
  }) as ExecutionResult
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function fragmentsOf(document: DocumentNode) {
  const fragments = document.definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
  return Object.fromEntries(fragments.map(fragment => [fragment.name.value, fragment]))
}

function recoded(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error
  const extensions = { code, type: 'graphql error', statusCode: 400, userError: true }
  return new GraphQLError(message, { nodes, source, positions, extensions })
}

function tooComplex(complexity: number): GraphQLError {
  const message = `Query too complex: ${complexity} points, the maximum is ${MAX_COMPLEXITY}.`
  return refusal({ type: 'invalid input', code: 'INPUT_ERROR', message, status: 400 })
}

/** Without `type`, as Linear was observed to send it. The SDK then reports an unknown error. */
export function rateLimited(): GraphQLError {
  const message = 'Rate limit exceeded. Only 2500 requests are allowed per 1 hour.'
  return new GraphQLError(message, {
    extensions: { code: 'RATELIMITED', statusCode: 429, userError: true, userPresentableMessage: message },
  })
}
