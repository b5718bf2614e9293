import { randomUUID } from 'node:crypto'
import { conflictOnInsert, invalidArgument, notFound } from './errors.ts'
import type { Entity, IssueRecord, State, UserRecord } from './records.ts'
import { StateFile } from './state-file.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** The names of the lists of records in the state. */
export type Collection = {
  [Key in keyof State]: State[Key] extends { id: string }[] ? Key : never
}[keyof State]

/** The stored workspace: in memory, or in a file that other processes may also write. */
export class Database {
  state: State
  readonly now: () => Date
  readonly #file: StateFile | undefined

  /** `state` is what is stored while there is no state file. */
  constructor(options: { now: () => Date; state: State; stateFile?: string | undefined }) {
    this.now = options.now
    this.state = options.state
    this.#file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile)
    this.refresh()
  }

  /** Loads what another process wrote. Call it once per request, so that all resolvers see the same state. */
  refresh(): void {
    this.state = this.#file?.readChanged() ?? this.state
  }

  /** Runs one mutation on the newest state and stores the result. Nothing is stored when `work` throws. */
  write<T>(work: () => T): T {
    const file = this.#file
    if (!file) return work()
    return file.locked(() => {
      this.refresh()
      try {
        const result = work()
        file.write(this.state)
        return result
      } catch (error) {
        file.forget()
        throw error
      }
    })
  }

  /** The common properties of a new record, with the given id or a random one. */
  newEntity(id: string = randomUUID()): Entity {
    const at = this.now().toISOString()
    return { id, createdAt: at, updatedAt: at, archivedAt: null, sequence: ++this.state.sequence }
  }

  touch(record: Entity): void {
    record.updatedAt = this.now().toISOString()
    this.state.sequence += 1
  }

  /** The record with this id. Throws "Entity not found" with the given name. */
  get<C extends Collection>(collection: C, id: string, entity: string): State[C][number] {
    const record = this.find(collection, id)
    if (!record) throw notFound(entity)
    return record
  }

  find<C extends Collection>(collection: C, id: string | null): State[C][number] | undefined {
    const records: State[C][number][] = this.state[collection]
    return id === null ? undefined : records.find(record => record.id === id)
  }

  /** An issue by UUID, identifier or former identifier. Throws "Entity not found". */
  issue(reference: string): IssueRecord {
    const { issues } = this.state
    const issue =
      issues.find(({ id, identifier }) => id === reference || identifier === reference) ??
      issues.find(({ previousIdentifiers }) => previousIdentifiers.includes(reference))
    if (!issue) throw notFound('Issue')
    return issue
  }

  viewer(): UserRecord {
    return this.get('users', this.state.viewerId, 'User')
  }

  /** Throws when a client sends an id that is not a UUID v4, or one that exists already. */
  checkNewId(collection: Collection, id: string | null | undefined, entity: string): void {
    if (id === null || id === undefined) return
    if (!UUID_V4.test(id)) throw invalidArgument('id must be a UUID v4.')
    if (this.find(collection, id)) throw conflictOnInsert(entity, id)
  }
}
