import type { Database } from './database.ts'
import { invalidArgument } from './errors.ts'
import { filterTypeOf, type Paged, predicateOf, refuseUnmodelled } from './filters.ts'
import type { Entity } from './records.ts'

const DEFAULT_PAGE = 50
const MAX_PAGE = 250
const ARGUMENTS = ['first', 'after', 'includeArchived', 'orderBy', 'filter']

export interface PageArguments {
  first?: number | null
  after?: string | null
  includeArchived?: boolean | null
  orderBy?: 'createdAt' | 'updatedAt' | null
  filter?: unknown
}

/**
 * One page of a GraphQL connection, newest first. Archived records are left out without `includeArchived`. A cursor is
 * the id of a record. Throws for more than 250 records, an unknown cursor, and arguments or filter keys that are not modelled.
 */
export function connectionOf<T extends Entity>(
  database: Database,
  request: { collection: Paged; records: readonly T[]; args: PageArguments },
) {
  const { collection, records, args } = request
  refuseUnmodelled(args, ARGUMENTS, `${filterTypeOf(collection)}, argument`)
  const first = args.first ?? DEFAULT_PAGE
  if (first < 1 || first > MAX_PAGE) throw invalidArgument(`first must be between 1 and ${MAX_PAGE}.`)
  const matches = predicateOf(args.filter, database, { collection })
  const order = args.orderBy ?? 'createdAt'
  const found = records
    .filter(record => (args.includeArchived === true || record.archivedAt === null) && matches(record))
    .sort((a, b) => (a[order] === b[order] ? b.sequence - a.sequence : a[order] < b[order] ? 1 : -1))
  const start = args.after ? found.findIndex(({ id }) => id === args.after) + 1 : 0
  if (args.after && start === 0) throw invalidArgument(`after: no such cursor: ${args.after}.`)
  const nodes = found.slice(start, start + first)
  return {
    nodes,
    edges: nodes.map(node => ({ node, cursor: node.id })),
    pageInfo: {
      hasNextPage: start + first < found.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0]?.id ?? null,
      endCursor: nodes.at(-1)?.id ?? null,
    },
  }
}
