import { connectionOf, type PageArguments } from '../connection.ts'
import type { Collection, Database } from '../database.ts'
import type { Paged } from '../filters.ts'
import type { Actor } from '../issue-changes.ts'
import type { State } from '../records.ts'

/** The arguments of every resolver: the stored workspace, and the owner of the API key. */
export interface Context {
  database: Database
  viewer: Actor
}

type Resolver = (source: never, args: never, context: Context) => unknown

/** The modelled fields of one GraphQL type. A field that is not in the table is refused before anything runs. */
export type FieldTable = Record<string, Resolver>

/** Fields with the value of the record's property of the same name. `names` is separated by spaces. */
export function plain(names: string): FieldTable {
  return Object.fromEntries(
    names.split(' ').map(name => [name, (record: Record<string, unknown>) => record[name]]),
  )
}

/** Fields that are always null, because the embedded Linear has no such thing. */
export function absent(...names: string[]): FieldTable {
  return Object.fromEntries(names.map(name => [name, () => null]))
}

/** The record whose id is the source's property `key`; null without one. */
export function one(collection: Collection, key: string): Resolver {
  return (source: Record<string, string | null>, _: unknown, { database }: Context) =>
    database.find(collection, source[key] ?? null)
}

/** The record whose id is the argument `id`. Throws "Entity not found" with the given name. */
export function byId(collection: Collection, entity: string): Resolver {
  return (_: unknown, { id }: { id: string }, { database }: Context) => database.get(collection, id, entity)
}

/** A page of a collection: all of it, or the records that `belongs` accepts for the source. */
export function page<C extends Paged, Source>(
  collection: C,
  belongs: (record: State[C][number], source: Source) => boolean = () => true,
): Resolver {
  return (source: Source, args: PageArguments, { database }: Context) => {
    const all: State[C][number][] = database.state[collection]
    const records = all.filter(record => belongs(record, source))
    return connectionOf(database, { collection, records, args })
  }
}

/** The payload of a mutation, with the entity under its name. */
export function payload(context: Context, entity: Record<string, unknown>): Record<string, unknown> {
  return { success: true, lastSyncId: context.database.state.sequence, ...entity }
}

export const payloadFields = (entity: string): FieldTable => plain(`success lastSyncId ${entity}`)
