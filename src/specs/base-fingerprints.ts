import { createHash } from 'node:crypto'
import { normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'
import { plain } from './scenario-changes.ts'

/** Fingerprints of one requirement of the base, as it was when the delta was first seen. */
export interface Fingerprint {
  /** SHA-256 of the header's name and of all above the first scenario. */
  statement: string
  /** SHA-256 of each scenario's text, by name. */
  scenarios: ReadonlyMap<string, string>
}

/** `base.lock.json`: per touched requirement its fingerprint, null when the base had none of that name. */
export type BaseLock = ReadonlyMap<string, Fingerprint | null>

const SCHEMA = 'opsx/base@1'
const DIGEST = /^sha256:[0-9a-f]{64}$/

/** Names in the base that a delta reads or writes: what it modifies, removes, renames from, and adds. */
export function touchedNames(delta: Delta): string[] {
  const renamed = new Map(delta.renamed.map(each => [normalName(each.to), each.from]))
  const names = [
    ...delta.renamed.map(each => each.from),
    ...delta.removed.map(each => each.name),
    ...delta.modified.map(each => renamed.get(normalName(each.name)) ?? each.name),
    ...delta.added.map(each => each.name),
  ]
  return [...new Set(names.map(normalName))].sort()
}

/**
 * The lock as it has to be written: what it already holds about names that the delta still touches, and today's
 * fingerprints of the others (OPENSPEC: defect 1).
 */
export function planBaseLock(delta: Delta, spec: Spec | null, recorded: BaseLock | null): BaseLock {
  const current = new Map((spec?.requirements ?? []).map(each => [normalName(each.name), each]))
  return new Map(
    touchedNames(delta).map(name => {
      const known = recorded?.get(name)
      const block = current.get(name)
      return [name, known !== undefined ? known : block && spec ? fingerprintOf(spec.text, block) : null]
    }),
  )
}

/** Line ends, trailing spaces and Unicode forms make no difference. */
export function fingerprintOf(text: string, block: Requirement): Fingerprint {
  const [first] = block.scenarios
  const scenarios = new Map<string, string>()
  for (const each of block.scenarios) {
    const name = normalName(each.name)
    const body = text.slice(each.start, each.end).replace(/^[^\n]*(?:\n|$)/, '')
    scenarios.set(name, digest(`${scenarios.get(name) ?? ''}${normalText(body)}`))
  }
  return { statement: digest(normalText(text.slice(block.headerEnd, first?.start ?? block.end))), scenarios }
}

/** Deterministic: names in code-unit order, two spaces, one line feed at the end. */
export function formatBaseLock(lock: BaseLock): string {
  const requirements = sorted(lock).map(([name, print]) => {
    if (print === null) return [name, null]
    return [name, { statement: print.statement, scenarios: Object.fromEntries(sorted(print.scenarios)) }]
  })
  return `${JSON.stringify({ schema: SCHEMA, requirements: Object.fromEntries(requirements) }, null, 2)}\n`
}

function sorted<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
}

/** Reads `base.lock.json`; `problem` is one clause when it is not one. */
export function parseBaseLock(text: string): { lock: BaseLock | null; problem: string | null } {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { lock: null, problem: 'it is not JSON' }
  }
  const document = recordOrNull(value)
  const requirements = recordOrNull(document?.requirements)
  if (document?.schema !== SCHEMA || !requirements) {
    return { lock: null, problem: `it is not an ${SCHEMA} document` }
  }
  const lock = new Map<string, Fingerprint | null>()
  for (const [name, entry] of Object.entries(requirements)) {
    const print = entry === null ? null : fingerprintIn(entry)
    if (print === undefined) return { lock: null, problem: `the entry "${name}" is no fingerprint` }
    lock.set(normalName(name), print)
  }
  return { lock, problem: null }
}

function fingerprintIn(value: unknown): Fingerprint | undefined {
  const { statement, scenarios } = recordOrNull(value) ?? {}
  const parts = Object.entries(recordOrNull(scenarios) ?? { missing: null })
  const digests = parts.flatMap(([name, part]): [string, string][] => (isDigest(part) ? [[name, part]] : []))
  if (!isDigest(statement) || digests.length < parts.length) return undefined
  return { statement, scenarios: new Map(digests) }
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value)
}

function recordOrNull(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function normalText(text: string): string {
  const lines = plain(text.normalize('NFC')).split('\n')
  const kept = lines.filter(line => !/^ {0,3}<!--\s*renamed-from:.*-->\s*$/i.test(line))
  return kept
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
