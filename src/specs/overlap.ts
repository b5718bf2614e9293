import { type Finding, finding } from '../findings/finding.ts'
import { fingerprintOf } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { Requirement } from './parse-requirements.ts'
import type { DeltaFile, MainSpecs } from './read-specs.ts'

/** An open change with its deltas. */
export interface OpenChange {
  name: string
  deltas: readonly DeltaFile[]
}

/** What one change does to one requirement. */
interface Touch {
  change: string
  source: DeltaFile
  line: number
  requirement: string
  kind: 'new' | 'changed'
  /** Scenarios it changes, adds or removes, in normal form, and empty for the statement; null for all of it. */
  scenarios: Set<string> | null
}

/**
 * Finds the changes that touch a requirement together, by what each touches alone, so that the deltas of a thousand
 * changes need not be held at once.
 */
export class TouchedRequirements {
  /** By requirement, the one change that touches it, or all that do. */
  readonly #by = new Map<string, string | Set<string>>()
  readonly #clashing = new Set<string>()

  add(name: string, touches: readonly string[]): void {
    for (const key of touches) {
      const known = this.#by.get(key)
      if (known === undefined) this.#by.set(key, name)
      else if (known !== name) this.#clash(key, known, name)
    }
  }

  /** Names of the changes that `overlapFindings` has anything to say about. */
  get clashing(): ReadonlySet<string> {
    return this.#clashing
  }

  #clash(key: string, known: string | Set<string>, name: string): void {
    const all = typeof known === 'string' ? new Set([known]) : known
    this.#by.set(key, all.add(name))
    for (const each of all) this.#clashing.add(each)
  }
}

/** What a change touches, as TouchedRequirements takes it. */
export function touchesIn({ name, deltas }: OpenChange): string[] {
  return deltas.flatMap(file => touchesOf(name, file)).map(keyOf)
}

/**
 * Requirements that two open changes touch, reported in both (OPENSPEC: defects 1 and 11): the same new name and the
 * same scenario are warnings, the same requirement otherwise a suggestion.
 */
export function overlapFindings(changes: readonly OpenChange[], main: MainSpecs): Finding[] {
  const touches = new Map<string, Touch[]>()
  for (const touch of changes.flatMap(change =>
    change.deltas.flatMap(file => touchesOf(change.name, file)),
  )) {
    const key = keyOf(touch)
    const same = touches.get(key)
    if (same) same.push(touch)
    else touches.set(key, [touch])
  }
  return [...touches.values()].flatMap(group => {
    if (new Set(group.map(each => each.change)).size < 2) return []
    const scenarios = group.map(touch => ({ ...touch, scenarios: changedScenarios(touch, main) }))
    return scenarios.flatMap(touch => overlapOf(touch, scenarios))
  })
}

function keyOf({ source, requirement }: Touch): string {
  return `${source.capability}\n${normalName(requirement)}`
}

function touchesOf(change: string, source: DeltaFile): Touch[] {
  const { delta } = source
  const touch = (requirement: string, line: number, kind: Touch['kind']): Touch => {
    return { change, source, line, requirement, kind, scenarios: null }
  }
  return [
    ...delta.added.map(({ name, line }) => touch(name, line, 'new')),
    ...delta.renamed.map(({ to, toLine }) => touch(to, toLine, 'new')),
    ...delta.renamed.map(({ from, line }) => touch(from, line, 'changed')),
    ...delta.removed.map(({ name, line }) => touch(name, line, 'changed')),
    ...delta.modified.map(({ name, line }) => touch(name, line, 'changed')),
  ]
}

/** The parts in which a MODIFIED block differs from the base; null for operations on the whole requirement. */
function changedScenarios({ source, requirement }: Touch, main: MainSpecs): Set<string> | null {
  const key = normalName(requirement)
  const block = source.delta.modified.find(each => normalName(each.name) === key)
  const base = main.get(source.capability)?.spec
  const current = base?.requirements.find(each => normalName(each.name) === key)
  if (!block || !base || !current) return null
  return differing({ text: base.text, block: current }, { text: source.delta.text, block })
}

function differing(
  one: { text: string; block: Requirement },
  other: { text: string; block: Requirement },
): Set<string> {
  const [before, after] = [fingerprintOf(one.text, one.block), fingerprintOf(other.text, other.block)]
  const names = [...before.scenarios.keys(), ...after.scenarios.keys()]
  const changed = new Set(names.filter(name => before.scenarios.get(name) !== after.scenarios.get(name)))
  return before.statement === after.statement ? changed : changed.add('')
}

function overlapOf(touch: Touch, group: readonly Touch[]): Finding[] {
  const { change, source, line, requirement } = touch
  const { path: file, capability } = source
  const rivals = group.filter(each => each.change !== change)
  const at = { change, file, line, column: 1 }
  const names = (all: readonly Touch[]) => [...new Set(all.map(each => each.change))].sort().join(', ')
  const news = rivals.filter(each => each.kind === 'new')
  if (touch.kind === 'new' && news.length > 0) {
    return [finding('delta/overlap-new', 'warning', { requirement, capability, others: names(news) }, at)]
  }
  const changed = rivals.filter(each => each.kind === 'changed')
  if (touch.kind !== 'changed' || changed.length === 0) return []
  const clashes = changed.filter(each => sharedScenarios(touch, each) !== '')
  const [first] = clashes
  if (first) {
    const scenarios = sharedScenarios(touch, first)
    return [
      finding('delta/overlap-scenario', 'warning', { requirement, scenarios, others: names(clashes) }, at),
    ]
  }
  return [finding('delta/overlap-requirement', 'suggestion', { requirement, others: names(changed) }, at)]
}

/** The scenarios that both change, as a list to read; `all of it` when one replaces the requirement as a whole. */
function sharedScenarios(one: Touch, other: Touch): string {
  if (one.scenarios === null || other.scenarios === null) return 'all of it'
  const { scenarios } = other
  const shared = [...one.scenarios].filter(name => scenarios.has(name))
  return shared.map(name => (name === '' ? 'its text' : `"${name}"`)).join(', ')
}
