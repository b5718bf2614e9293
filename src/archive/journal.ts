import { createHash } from 'node:crypto'
import * as z from 'zod/mini'

/** Where an archive is prepared; git does not see it. */
export const STAGE = '.opsx/archive'
export const JOURNAL = `${STAGE}/journal.json`
export const IGNORE = '.opsx/.gitignore'

const SCHEMA = 'opsx/archive-journal@1'

const DIGEST = z.nullable(z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/)))

/** One file that an archive changes. Null means no file. */
const WRITE = z.object({ path: z.string(), before: DIGEST, after: DIGEST })

const JOURNAL_FILE = z.object({
  schema: z.literal(SCHEMA),
  holder: z.object({
    pid: z.int(),
    host: z.string(),
    since: z.string().check(z.refine(text => !Number.isNaN(Date.parse(text)))),
    processStart: z.nullable(z.string()),
    token: z.string(),
  }),
  change: z.string(),
  from: z.string(),
  to: z.string(),
  writes: z.array(WRITE),
})

export type JournalWrite = z.infer<typeof WRITE>

/** The writes of an archive. The new text of the n-th write is beside the journal as `<n>.new`. */
export type Journal = Omit<z.infer<typeof JOURNAL_FILE>, 'schema'>

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
  try {
    const { schema: _, ...journal } = JOURNAL_FILE.parse(JSON.parse(text))
    return journal
  } catch {
    return null
  }
}
