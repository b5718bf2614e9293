import type { Database } from '../database.ts'
import type { Actor } from '../issue-changes.ts'

/** What every resolver gets: the stored workspace, and who asks. */
export interface Context {
  database: Database
  viewer: Actor
}

/** The modelled fields of one GraphQL type. A field that is not here is refused before anything runs. */
export type FieldTable = Record<string, (source: never, args: never, context: Context) => unknown>

/** Fields whose value is the record's property of the same name. */
export function plain<T>(...names: (keyof T & string)[]): FieldTable {
  return Object.fromEntries(names.map(name => [name, (record: T) => record[name]])) as FieldTable
}

/** Fields that are always null here, because the embedded Linear has no such thing. */
export function absent(...names: string[]): FieldTable {
  return Object.fromEntries(names.map(name => [name, () => null]))
}

/** The payload of a mutation, with the entity under its name. */
export function payload(context: Context, entity: Record<string, unknown>): Record<string, unknown> {
  return { success: true, lastSyncId: context.database.state.sequence, ...entity }
}

export const payloadFields = (entity: string): FieldTable =>
  plain<Record<string, unknown>>('success', 'lastSyncId', entity)
