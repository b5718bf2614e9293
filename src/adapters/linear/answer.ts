/** What came back for one HTTP request, before anybody judges it. */
export type Answer = Answered | Lost

export interface Answered {
  kind: 'answered'
  status: number
  headers: Headers
  /** The `data` of a GraphQL answer. */
  data: unknown
  /** The `errors` of a GraphQL answer, as they came. */
  errors: unknown[]
}

/** No answer that can be read: the connection failed, the time was up, or the JSON is broken. */
export interface Lost {
  kind: 'lost'
  /** One clause, e.g. `ECONNRESET`. */
  reason: string
}
