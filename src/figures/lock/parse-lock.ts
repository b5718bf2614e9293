import * as z from 'zod/mini'
import { KeyLines } from '../../markdown/key-lines.ts'
import { recordOf } from '../../markdown/parse-yaml.ts'
import { type FigureLock, LOCK_ENTRY, LOCK_VERSION, type LockEntry } from './lock.ts'

/** Why a lock, or one of its entries, cannot be read. */
export interface LockProblem {
  /** One clause. */
  reason: string
  /** 1-based. */
  line: number
  /** True when the file contains both sides of a merge, with or without conflict markers. */
  conflict: boolean
}

/** The readable entries, and the problems of the others. A file with any problem must not be overwritten. */
export interface ParsedLock {
  lock: FigureLock
  problems: LockProblem[]
}

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m

/** Parses `openspec/figures.lock.json`. Never throws. */
export function parseLock(text: string): ParsedLock {
  const conflict = CONFLICT.exec(text)
  if (conflict) return broken('it has an unresolved merge conflict', lineAt(text, conflict.index), true)
  let data: unknown
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return broken('it is not valid JSON', lineOfError(text, error))
  }
  const lines = new KeyLines(text)
  const file = recordOf(data)
  if (!file) return broken('it is not a JSON object', 1)
  const { version } = file
  if (typeof version === 'number' && version > LOCK_VERSION) {
    return broken(
      `it has version ${version}, and this opsx supports version ${LOCK_VERSION}`,
      lines.of(['version']),
    )
  }
  if (version !== LOCK_VERSION) return broken(`"version" is not ${LOCK_VERSION}`, lines.of(['version']))
  const figures = recordOf(file.figures)
  if (!figures) return broken('"figures" is not an object', lines.of(['figures']))
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
  for (const name of doubledOf(text)) report(name, ' occurs twice', true)
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

/** Finds figures that occur twice, in the format of `formatLock`. JSON.parse would silently use the last one. */
function doubledOf(text: string): string[] {
  const names = [...text.matchAll(/^ {4}("(?:[^"\\\r\n]|\\.)*"): \{\r?$/gm)].map(match => match[1] ?? '')
  const doubled = names.filter((name, index) => names.indexOf(name) < index)
  return [...new Set(doubled)].map(name => String(JSON.parse(name)))
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** The line of a JSON.parse error. Error messages differ between Node versions; without a position, it is the last line. */
function lineOfError(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return position === undefined ? lineAt(text.trimEnd(), text.length) : lineAt(text, Number(position))
}
