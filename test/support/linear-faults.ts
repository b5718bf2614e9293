import { setTimeout as delay } from 'node:timers/promises'
import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql'
import { type GraphqlRequest, rateLimited } from '../../src/local-linear/execute.ts'
import { sendHtml, sendJson } from '../../src/local-linear/http.ts'
import type { Exchange } from '../../src/local-linear/server.ts'

const KINDS = ['rate-limit', 'bad-gateway', 'slow', 'reset-before', 'reset-after', 'hang'] as const

/**
 * What can go wrong on the way. `rate-limit`: HTTP 400 with RATELIMITED. `bad-gateway`: 502 with HTML. `slow`: the
 * answer comes `delay` ms late. `reset-before`: the connection breaks and nothing was done. `reset-after`: it was
 * done, and the connection breaks before the answer. `hang`: nothing is done and no answer ever comes.
 */
export interface Fault {
  kind: (typeof KINDS)[number]
  /** The n-th matching request from now on, 1-based. Default 1. */
  at?: number
  /** How many matching requests in a row. Default 1. */
  times?: number
  /** Only requests of that kind count. */
  match?: 'query' | 'mutation'
  /** Only requests with this operation name or this root field count. */
  operation?: string
  /** Milliseconds, for `slow`. Default 200. */
  delay?: number
  /** Seconds, for `rate-limit`: sent as Retry-After, which Linear sends sometimes. */
  retryAfter?: number
}

/** The faults that wait for their request. */
export class Faults {
  #pending: { fault: Fault; wait: number; left: number }[] = []

  /** Throws for a kind that does not exist. */
  inject(fault: Fault): void {
    if (!KINDS.includes(fault.kind)) throw new Error(`no such fault: ${fault.kind}`)
    this.#pending.push({ fault, wait: (fault.at ?? 1) - 1, left: fault.times ?? 1 })
  }

  reset(): void {
    this.#pending = []
  }

  get pending(): Fault[] {
    return this.#pending.map(({ fault }) => fault)
  }

  /** Handles a request in place of the embedded Linear, with the fault that matches it. */
  async intercept({ request, response, parsed, service, answer }: Exchange): Promise<void> {
    const fault = this.#take(parsed)
    switch (fault?.kind) {
      case 'hang':
        return
      case 'reset-before':
        request.socket.resetAndDestroy()
        return
      case 'bad-gateway':
        return sendHtml(response, 502, '502 Bad Gateway')
      case 'rate-limit': {
        const retry = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
        const body = { errors: [rateLimited().toJSON()] }
        return sendJson(response, { status: 400, headers: { ...service.limiter.headers(), ...retry }, body })
      }
      case 'slow':
        await delay(fault.delay ?? 200)
        return sendJson(response, answer())
      case 'reset-after':
        answer()
        request.socket.resetAndDestroy()
        return
      default:
        return sendJson(response, answer())
    }
  }

  /** The first fault that is due for this request. Every fault that matches counts the request. */
  #take(request: GraphqlRequest | undefined): Fault | undefined {
    const operation = request && operationOf(request)
    const names = operation ? namesOf(operation) : []
    let due: Fault | undefined
    for (const entry of this.#pending) {
      if (entry.fault.match && entry.fault.match !== (operation?.operation ?? 'query')) continue
      if (entry.fault.operation && !names.includes(entry.fault.operation)) continue
      if (entry.wait > 0) {
        entry.wait -= 1
      } else if (!due) {
        due = entry.fault
        entry.left -= 1
      }
    }
    this.#pending = this.#pending.filter(({ left }) => left > 0)
    return due
  }
}

function operationOf({ query, operationName }: GraphqlRequest): OperationDefinitionNode | undefined {
  try {
    return getOperationAST(parse(query), operationName) ?? undefined
  } catch {
    return undefined
  }
}

/** The name of the operation and its root fields. */
function namesOf({ name, selectionSet }: OperationDefinitionNode): string[] {
  const fields = selectionSet.selections.flatMap(field => (field.kind === 'Field' ? [field.name.value] : []))
  return name ? [...fields, name.value] : fields
}
