/** The result of one HTTP request, before it is classified. */
export type Answer = Answered | Lost

export interface Answered {
  kind: 'answered'
  status: number
  headers: Headers
  /** The `data` of a GraphQL answer. */
  data: unknown
  /** The `errors` of a GraphQL answer, unchanged. */
  errors: unknown[]
}

/** No readable answer: the connection failed, the request timed out, or the JSON is invalid. */
export interface Lost {
  kind: 'lost'
  /** One clause, e.g. `ECONNRESET`. */
  reason: string
}
