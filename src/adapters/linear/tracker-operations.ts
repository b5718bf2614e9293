import { OpsxError } from '../../errors.ts'
import type { Document } from './documents.ts'
import type { Operation, Outcome, Requester } from './requester.ts'

/** Characters. Linear's limit for the description of an issue, used for documents and comments too. */
const LONGEST_TEXT = 250_000

export async function dataOf(requester: Requester, operation: Operation): Promise<unknown> {
  return requester.dataOf(operation, await requester.send(operation))
}

export function reading(doing: string, document: Document): Operation {
  return { doing, ...document, mutation: false }
}

export function writing(doing: string, document: Document): Operation {
  return { doing, ...document, mutation: true }
}

/** True for Linear's answer that an entity with this id exists already. A conflict about another id does not count. */
export function isConflictOn(id: string, outcome: Outcome): boolean {
  if (!('failure' in outcome) || outcome.failure.kind !== 'refused') return false
  const said = outcome.failure.said.toLowerCase()
  return said.includes('conflict on insert') && said.includes(id.toLowerCase())
}

export function refuseLongText(what: string, text: string): void {
  if (text.length <= LONGEST_TEXT) return
  throw new OpsxError(
    'LINEAR_REFUSED',
    `${what} has ${text.length} characters. Linear accepts ${LONGEST_TEXT} at most.`,
  )
}
