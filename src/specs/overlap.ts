import { type Finding, finding } from '../findings/finding.ts'
import { changedParts, fingerprintOf } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { DeltaFile, MainSpecs } from './read-specs.ts'

/** What one change does to one requirement. */
export interface Touch {
  change: string
  capability: string
  /** Path of the delta spec. */
  file: string
  line: number
  requirement: string
  kind: 'new' | 'changed'
  /** Normal names of the scenarios that it changes, empty for the statement; null for the whole requirement. */
  scenarios: Set<string> | null
}

/** What the deltas of one open change do to requirements. */
export function touchesOf(change: string, deltas: readonly DeltaFile[], main: MainSpecs): Touch[] {
  return deltas.flatMap(source => {
    const { capability, path: file, delta } = source
    const touch = (requirement: string, line: number, kind: Touch['kind']): Touch => {
      const scenarios = changedScenarios(source, requirement, main)
      return { change, capability, file, line, requirement, kind, scenarios }
    }
    return [
      ...delta.added.map(({ name, line }) => touch(name, line, 'new')),
      ...delta.renamed.map(({ to, toLine }) => touch(to, toLine, 'new')),
      ...delta.renamed.map(({ from, line }) => touch(from, line, 'changed')),
      ...delta.removed.map(({ name, line }) => touch(name, line, 'changed')),
      ...delta.modified.map(({ name, line }) => touch(name, line, 'changed')),
    ]
  })
}

/**
 * Requirements that two open changes touch, reported for both. The same new name and the
 * same scenario are warnings; different parts of one requirement are a suggestion.
 */
export function overlapFindings(touches: readonly Touch[]): Finding[] {
  const groups = new Map<string, Touch[]>()
  for (const touch of touches) {
    const key = `${touch.capability}\n${normalName(touch.requirement)}`
    const same = groups.get(key)
    if (same) same.push(touch)
    else groups.set(key, [touch])
  }
  return [...groups.values()].flatMap(group => {
    const shared = group.some(({ change }) => change !== group[0]?.change)
    return shared ? group.flatMap(touch => overlapOf(touch, group)) : []
  })
}

/** The parts that a MODIFIED block changes; null for an operation on the whole requirement. */
function changedScenarios(
  { capability, delta }: DeltaFile,
  requirement: string,
  main: MainSpecs,
): Set<string> | null {
  if (delta.modified.length === 0) return null
  const key = normalName(requirement)
  const block = delta.modified.find(each => normalName(each.name) === key)
  const base = block && main.get(capability)?.spec
  const current = base?.requirements.find(each => normalName(each.name) === key)
  if (!block || !base || !current) return null
  return changedParts(fingerprintOf(base.text, current), fingerprintOf(delta.text, block))
}

function overlapOf(touch: Touch, group: readonly Touch[]): Finding[] {
  const { change, file, capability, line, requirement } = touch
  const others = group.filter(each => each.change !== change)
  const at = { change, file, line, column: 1 }
  const names = (all: readonly Touch[]) => [...new Set(all.map(each => each.change))].sort().join(', ')
  const news = others.filter(each => each.kind === 'new')
  if (touch.kind === 'new' && news.length > 0) {
    return [finding('delta/overlap-new', 'warning', { requirement, capability, others: names(news) }, at)]
  }
  const changed = others.filter(each => each.kind === 'changed')
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

/** A list of the parts that both change; `all of it` when one of them replaces the whole requirement. */
function sharedScenarios(one: Touch, other: Touch): string {
  if (one.scenarios === null || other.scenarios === null) return 'all of it'
  const { scenarios } = other
  const shared = [...one.scenarios].filter(name => scenarios.has(name))
  return shared.map(name => (name === '' ? 'its text' : `"${name}"`)).join(', ')
}
