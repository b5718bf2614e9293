import * as z from 'zod/mini'
import { KeyLines } from '../../markdown/key-lines.ts'
import { recordOf } from '../../markdown/parse-yaml.ts'
import { type FigureLock, LOCK_ENTRY, LOCK_VERSION, type LockEntry } from './lock.ts'

/** Why a lock, or one entry of it, cannot be read: one clause. */
export interface LockProblem {
  reason: string
  /** 1-based. */
  line: number
  /** True when git left both sides of a merge in the file, with markers or, where it found two places, without. */
  conflict: boolean
}

/** Entries that can be read, and what is wrong with the rest. A file with any problem must not be written. */
export interface ParsedLock {
  lock: FigureLock
  problems: LockProblem[]
}

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m

/** `openspec/figures.lock.json` as data. Never throws. */
export function parseLock(text: string): ParsedLock {
  const conflict = CONFLICT.exec(text)
  if (conflict) return broken('git left a merge conflict in it', lineAt(text, conflict.index), true)
  let data: unknown
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return broken('it is no JSON', lineOfError(text, error))
  }
  const lines = new KeyLines(text)
  const file = recordOf(data)
  if (!file) return broken('it is no JSON object', 1)
  const { version } = file
  if (typeof version === 'number' && version > LOCK_VERSION) {
    return broken(`it has version ${version}, and this opsx knows ${LOCK_VERSION}`, lines.of(['version']))
  }
  if (version !== LOCK_VERSION) return broken(`"version" is not ${LOCK_VERSION}`, lines.of(['version']))
  const figures = recordOf(file.figures)
  if (!figures) return broken('"figures" is no object', lines.of(['figures']))
  return parseEntries(text, figures, lines)
}

function broken(reason: string, line: number, conflict = false): ParsedLock {
  return { lock: new Map(), problems: [{ reason, line, conflict }] }
}

function parseEntries(text: string, figures: Record<string, unknown>, lines: KeyLines): ParsedLock {
  const lock = new Map<string, LockEntry>()
  const problems: LockProblem[] = []
  const report = (name: string, clause: string, conflict: boolean) =>
    problems.push({ reason: `${name}${clause}`, line: lines.of(['figures', name]), conflict })
  for (const [name, data] of Object.entries(figures)) {
    const { data: entry, error } = z.safeParse(LOCK_ENTRY, data)
    if (entry) lock.set(name, { ...entry, more: unknownKeys(data as Record<string, unknown>) })
    else report(name, `: ${reasonOf(error.issues[0])}`, false)
  }
  for (const name of doubledOf(text)) report(name, ' stands in it twice', true)
  return { lock, problems }
}

function unknownKeys(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !Object.hasOwn(LOCK_ENTRY.shape, key)))
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.path[0] === 'proven') return '"proven" has no "at" and "against"'
  const former = issue?.path[0] === 'previous' && issue.path.length > 1
  return `${former ? 'in "previous" ' : ''}${issue?.message}`
}

/** JSON.parse would take the last of two silently. Sees figures as formatLock writes them, which is what git merges. */
function doubledOf(text: string): string[] {
  const names = [...text.matchAll(/^ {4}("(?:[^"\\\r\n]|\\.)*"): \{\r?$/gm)].map(match => match[1] ?? '')
  const doubled = names.filter((name, index) => names.indexOf(name) < index)
  return [...new Set(doubled)].map(name => String(JSON.parse(name)))
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Node says where, in words that differ between its versions; without them the end is where JSON stopped. */
function lineOfError(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return position === undefined ? lineAt(text.trimEnd(), text.length) : lineAt(text, Number(position))
}
