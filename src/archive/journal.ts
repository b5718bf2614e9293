import { createHash } from 'node:crypto'
import type { Holder } from '../ports/lock.ts'

/** Where an archive is prepared; git does not see it. */
export const STAGE = '.opsx/archive'
export const JOURNAL = `${STAGE}/journal.json`
export const IGNORE = '.opsx/.gitignore'

const SCHEMA = 'opsx/archive-journal@1'

/** One file that an archive changes. Digests are `sha256:` and hex; null means no file. */
export interface JournalWrite {
  path: string
  before: string | null
  after: string | null
}

/** The writes of an archive. The new text of the n-th write is beside the journal as `<n>.new`. */
export interface Journal {
  holder: Holder
  change: string
  from: string
  to: string
  writes: JournalWrite[]
}

/** Where the new text of a write waits, and where the old one is kept until all is done. */
export function stagedPath(index: number, which: 'new' | 'old'): string {
  return `${STAGE}/${index}.${which}`
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

export function formatJournal(journal: Journal): string {
  return `${JSON.stringify({ schema: SCHEMA, ...journal }, null, 2)}\n`
}

/** Reads a journal; null when the text is not one, as after an edit. */
export function parseJournal(text: string): Journal | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const { schema, holder, change, from, to, writes } = (value ?? {}) as Journal & { schema?: string }
  const named = [change, from, to].every(each => typeof each === 'string')
  if (schema !== SCHEMA || !named || !isHolder(holder) || !Array.isArray(writes)) return null
  return writes.every(isWrite) ? { holder, change, from, to, writes } : null
}

function isHolder(value: unknown): value is Holder {
  const { pid, host, since } = (value ?? {}) as Partial<Holder>
  return Number.isInteger(pid) && typeof host === 'string' && !Number.isNaN(Date.parse(since ?? ''))
}

function isWrite(value: unknown): value is JournalWrite {
  const { path, before, after } = (value ?? {}) as Partial<JournalWrite>
  const isDigest = (digest: unknown) => digest === null || /^sha256:[0-9a-f]{64}$/.test(String(digest))
  return typeof path === 'string' && isDigest(before) && isDigest(after)
}
