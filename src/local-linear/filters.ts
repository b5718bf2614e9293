import type { Collection, Database } from './database.ts'
import { notModelled } from './errors.ts'

/** The collections that the API returns in pages. */
export type Paged = Exclude<Collection, 'bots'>

type Input = Record<string, unknown>
type Predicate = (record: object) => boolean
/** Turns the value of one key of a filter into a test of a record. */
type Condition = (value: Input, database: Database) => Predicate

interface Filter {
  /** Name of the input type, for error messages. */
  type: string
  keys: Record<string, Condition>
}

const COMPARATORS: Record<string, string> = { id: 'IDComparator', number: 'NumberComparator' }

/** `issues.id` accepts identifiers too, old ones included. `projects.id` accepts UUIDs only: a slugId matches nothing. */
const FILTERS: Record<Paged, Filter> = {
  users: { type: 'UserFilter', keys: equal('id', 'email', 'name') },
  teams: { type: 'TeamFilter', keys: equal('id', 'key', 'name') },
  states: {
    type: 'WorkflowStateFilter',
    keys: { ...equal('id', 'name', 'type'), team: related('teams', 'teamId') },
  },
  gitAutomations: { type: 'GitAutomationState', keys: {} },
  projects: { type: 'ProjectFilter', keys: equal('id', 'slugId', 'name') },
  issues: {
    type: 'IssueFilter',
    keys: {
      ...equal('number', 'title'),
      id: comparison('IssueIDComparator', ['id', 'identifier', 'previousIdentifiers']),
      team: related('teams', 'teamId'),
      state: related('states', 'stateId'),
      project: related('projects', 'projectId', 'NullableProjectFilter'),
    },
  },
  comments: {
    type: 'CommentFilter',
    keys: { ...equal('id'), issue: related('issues', 'issueId', 'NullableIssueFilter') },
  },
  documents: {
    type: 'DocumentFilter',
    keys: { ...equal('id', 'title', 'slugId'), project: related('projects', 'projectId') },
  },
  documentComments: { type: 'CommentFilter', keys: equal('id') },
  history: { type: 'IssueHistory', keys: {} },
}

/** The name of the collection's filter type. */
export function filterTypeOf(collection: Paged): string {
  return FILTERS[collection].type
}

/** A filter input as a test of a record. Keys that are not modelled throw, even when there is nothing to filter. */
export function predicateOf(
  filter: unknown,
  database: Database,
  { collection, type = FILTERS[collection].type }: { collection: Paged; type?: string },
): Predicate {
  const tests = Object.entries(filter ?? {}).map(([key, value]): Predicate => {
    if (key === 'and' || key === 'or') {
      const parts = (value as unknown[]).map(part => predicateOf(part, database, { collection, type }))
      return record => (key === 'and' ? parts.every(part => part(record)) : parts.some(part => part(record)))
    }
    const condition = FILTERS[collection].keys[key]
    if (!condition || value === null) throw notModelled(`${type}.${key}`)
    return condition(value as Input, database)
  })
  return record => tests.every(test => test(record))
}

function equal(...properties: string[]): Record<string, Condition> {
  return Object.fromEntries(
    properties.map(name => [name, comparison(COMPARATORS[name] ?? 'StringComparator', [name])]),
  )
}

/** Equality comparators: `eq`, `neq`, `in`, `nin`. The value of any of the properties counts as the record's own. */
function comparison(type: string, properties: string[]): Condition {
  return comparator => {
    const tests = Object.entries(comparator).map(([operator, value]): Predicate => {
      if (!['eq', 'neq', 'in', 'nin'].includes(operator)) throw notModelled(`${type}.${operator}`)
      const wanted = new Set(Array.isArray(value) ? value : [value])
      const negated = operator === 'neq' || operator === 'nin'
      const isHit = (record: object) =>
        properties.flatMap(name => Reflect.get(record, name)).some(own => wanted.has(own))
      return record => isHit(record) !== negated
    })
    return record => tests.every(test => test(record))
  }
}

/** Filters by the record of another collection that a property refers to. Without such a record nothing matches. */
function related(collection: Paged, property: string, type?: string): Condition {
  return (filter, database) => {
    const matches = predicateOf(filter, database, { collection, ...(type ? { type } : {}) })
    return record => {
      const target = database.find(collection, Reflect.get(record, property))
      return target !== undefined && matches(target)
    }
  }
}

/** Throws for every argument or input key that has a value and is not modelled. */
export function refuseUnmodelled(input: object, modelled: readonly string[], type: string): void {
  for (const [key, value] of Object.entries(input)) {
    if (value !== undefined && !modelled.includes(key)) throw notModelled(`${type}.${key}`)
  }
}
