import { createHash } from 'node:crypto'
import { plain } from './merging/scenario-changes.ts'
import { normalName } from './near-miss.ts'
import type { Delta } from './parse-delta.ts'
import type { Requirement } from './parse-requirements.ts'
import type { Spec } from './parse-spec.ts'

/** Digests of one requirement of the main spec, as it was when its delta was first verified. */
export interface Fingerprint {
  /** SHA-256 of the text between the header and the first scenario. */
  statement: string
  /** SHA-256 of the text of each scenario, by name. */
  scenarios: ReadonlyMap<string, string>
}

/** Fingerprints by requirement name; null when the main spec had no requirement of that name. */
export type BaseFingerprints = ReadonlyMap<string, Fingerprint | null>

/** Names of all requirements that a delta names; of a renamed one, the old name. */
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
 * The fingerprints to store. Names that the delta still touches keep their recorded fingerprint;
 * new names get the current one.
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

/** Names of the scenarios that differ, and the empty name when the statement does. */
export function changedParts(one: Fingerprint, other: Fingerprint): Set<string> {
  const names = new Set([...one.scenarios.keys(), ...other.scenarios.keys()])
  const changed = [...names].filter(name => one.scenarios.get(name) !== other.scenarios.get(name))
  return new Set(one.statement === other.statement ? changed : [...changed, ''])
}

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

/** Line ends, trailing spaces, blank lines and Unicode forms make no difference to a fingerprint. */
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
