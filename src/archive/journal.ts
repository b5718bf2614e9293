import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { CHANGES } from '../change/change-directories.ts'
import { FIGURES_FILE } from '../figures/lock/lock.ts'

/** Where the texts of an archive wait. git ignores it. */
export const STAGE = '.opsx/archive'
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

/** The writes of an archive. The new text of the n-th write waits as `<n>.new`. */
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

/** Reads a journal. Null when the text is not one, and when it names a path that no archive of its change writes. */
export function parseJournal(text: string): Journal | null {
  try {
    const { schema: _, ...journal } = JOURNAL_FILE.parse(JSON.parse(text))
    return isOfArchive(journal) ? journal : null
  } catch {
    return null
  }
}

function isOfArchive({ change, from, to, writes }: Journal): boolean {
  const isPlain = (path: string) => path.split('/').every(name => /^[^.\\\0][^\\\0]*$/.test(name))
  const isWritten = ({ path }: JournalWrite) =>
    path === FIGURES_FILE || path === `${from}/proposal.md` || /^openspec\/specs\/.+\/spec\.md$/.test(path)
  return (
    isPlain(change) &&
    !change.includes('/') &&
    from === `${CHANGES}/${change}` &&
    to.startsWith(`${CHANGES}/archive/`) &&
    to.split('/').length === 4 &&
    [from, to, ...writes.map(({ path }) => path)].every(isPlain) &&
    writes.every(isWritten)
  )
}
