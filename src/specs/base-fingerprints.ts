import { createHash } from 'node:crypto'
import { plain } from './merging/scenario-changes.ts'
import { normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'

/** Fingerprints of one requirement of the base, as it was when the delta was first seen. */
export interface Fingerprint {
  /** SHA-256 of the header's name and of all above the first scenario. */
  statement: string
  /** SHA-256 of each scenario's text, by name. */
  scenarios: ReadonlyMap<string, string>
}

/** Per touched requirement its fingerprint, null when the base had none of that name. */
export type BaseFingerprints = ReadonlyMap<string, Fingerprint | null>

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
 * Fingerprints as they have to be remembered: what is recorded about names that the delta still touches, and today's
 * of the others (OPENSPEC: defect 1).
 */
export function planFingerprints(
  delta: Delta,
  spec: Spec | null,
  recorded: BaseFingerprints | null,
): BaseFingerprints {
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

/** A text as fingerprints see it. */
export function normalText(text: string): string {
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
