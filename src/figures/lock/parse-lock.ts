import type { FigureValue } from '../definitions/definition.ts'
import { type FigureLock, type FormerValue, LOCK_VERSION, type LockEntry } from './lock.ts'

/** Why a lock, or one entry of it, cannot be read: one clause. */
export interface LockProblem {
  reason: string
  /** 1-based; null when it cannot be told. */
  line: number | null
  /** True when git left both sides of a merge in the file, with markers or, where it found two places, without. */
  conflict: boolean
}

/** Entries that can be read, and what is wrong with the rest. A file with any problem must not be written. */
export interface ParsedLock {
  lock: FigureLock
  problems: LockProblem[]
}

const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m
const PLAIN = /^[^\u0000-\u001f\u007f]*$/

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
  if (!isRecord(data)) return broken('it is no JSON object', 1)
  if (typeof data.version === 'number' && data.version > LOCK_VERSION) {
    return broken(
      `it has version ${data.version}, and this opsx knows ${LOCK_VERSION}`,
      lineOf(text, 'version'),
    )
  }
  if (data.version !== LOCK_VERSION)
    return broken(`"version" is not ${LOCK_VERSION}`, lineOf(text, 'version') ?? 1)
  if (!isRecord(data.figures)) return broken('"figures" is no object', lineOf(text, 'figures') ?? 1)
  return parseEntries(text, data.figures)
}

function broken(reason: string, line: number | null, conflict = false): ParsedLock {
  return { lock: new Map(), problems: [{ reason, line, conflict }] }
}

function parseEntries(text: string, figures: Record<string, unknown>): ParsedLock {
  const lock = new Map<string, LockEntry>()
  const problems: LockProblem[] = []
  for (const [name, data] of Object.entries(figures)) {
    const entry = parseEntry(data)
    if (typeof entry !== 'string') lock.set(name, entry)
    else problems.push({ reason: `${name}: ${entry}`, line: lineOf(text, name), conflict: false })
  }
  for (const name of doubledOf(text)) {
    problems.push({ reason: `${name} stands in it twice`, line: lineOf(text, name), conflict: true })
  }
  return { lock, problems }
}

/** JSON.parse would take the last of two silently. Sees figures as formatLock writes them, which is what git merges. */
function doubledOf(text: string): string[] {
  const names = [...text.matchAll(/^ {4}("(?:[^"\\\r\n]|\\.)*"): \{\r?$/gm)].map(match => match[1] ?? '')
  const doubled = names.filter((name, index) => names.indexOf(name) < index)
  return [...new Set(doubled)].map(name => String(JSON.parse(name)))
}

const KNOWN = new Set([
  'value',
  'unit',
  'raw',
  'at',
  'commit',
  'dirty',
  'platform',
  'command',
  'inputs',
  'seconds',
  'runs',
  'previous',
  'stale',
  'proven',
])

/** The entry, or the clause that says what is wrong with it. */
function parseEntry(data: unknown): LockEntry | string {
  if (!isRecord(data)) return 'it is no object'
  const former = parseFormer(data)
  if (typeof former === 'string') return former
  const { unit = '', raw = '', dirty = false, platform, command = null, inputs = null } = data
  const { seconds = 0, runs = 1, previous = [], stale = false, proven = null } = data
  if (!isText(unit)) return '"unit" is no text'
  if (typeof raw !== 'string') return '"raw" is no text'
  if (typeof dirty !== 'boolean') return '"dirty" is neither true nor false'
  if (!isText(platform) || platform === '') return '"platform" is missing'
  if (!isTextOrNull(command)) return '"command" is no digest'
  if (!isTextOrNull(inputs)) return '"inputs" is no digest'
  if (!isCount(seconds) || !isCount(runs)) return '"seconds" or "runs" is no number'
  if (typeof stale !== 'boolean') return '"stale" is neither true nor false'
  if (!isProof(proven)) return '"proven" has no "at" and "against"'
  if (!Array.isArray(previous)) return '"previous" is no list'
  const formers = previous.map(parseFormer)
  const wrong = formers.find(one => typeof one === 'string')
  if (typeof wrong === 'string') return `in "previous" ${wrong}`
  const more = Object.fromEntries(Object.entries(data).filter(([key]) => !KNOWN.has(key)))
  const rest = { unit, raw, dirty, platform, command, inputs, seconds, runs, stale, proven, more }
  return { ...former, ...rest, previous: formers as FormerValue[] }
}

function parseFormer(data: unknown): FormerValue | string {
  if (!isRecord(data)) return 'an entry is no object'
  const { value, at, commit = null } = data
  if (!isValue(value)) return '"value" is no number, text or list of names'
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return '"at" is no time'
  if (!isTextOrNull(commit)) return '"commit" is no text'
  return { value, at, commit }
}

function isValue(value: unknown): value is FigureValue {
  if (Array.isArray(value)) return value.every(isText)
  return typeof value === 'number' ? Number.isFinite(value) : isText(value)
}

function isProof(proven: unknown): proven is LockEntry['proven'] {
  return proven === null || (isRecord(proven) && isText(proven.at) && isText(proven.against))
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function isText(data: unknown): data is string {
  return typeof data === 'string' && PLAIN.test(data)
}

function isTextOrNull(data: unknown): data is string | null {
  return data === null || isText(data)
}

function isCount(data: unknown): data is number {
  return typeof data === 'number' && Number.isFinite(data) && data >= 0
}

/** The first line with this key. */
function lineOf(text: string, key: string): number | null {
  const at = text.indexOf(`${JSON.stringify(key)}:`)
  return at < 0 ? null : lineAt(text, at)
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Node says where, in words that differ between its versions; without them the end is where JSON stopped. */
function lineOfError(text: string, error: unknown): number {
  const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  return position === undefined ? lineAt(text.trimEnd(), text.length) : lineAt(text, Number(position))
}
