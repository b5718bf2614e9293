import { type Finding, finding } from '../findings/finding.ts'
import { normalText } from './base-fingerprints.ts'
import { normalName } from './near-miss.ts'
import type { Requirement } from './parse-requirements.ts'
import type { DeltaFile, MainSpecs } from './read-specs.ts'

/** An open change with its deltas. */
export interface OpenChange {
  name: string
  deltas: readonly DeltaFile[]
}

/** What one change does to one requirement. */
export interface Touch {
  change: string
  capability: string
  /** Path of the delta spec. */
  file: string
  line: number
  requirement: string
  kind: 'new' | 'changed'
  /** Scenarios it changes, adds or removes, in normal form, and empty for the statement; null for all of it. */
  scenarios: Set<string> | null
}

/** What a change does to each requirement that its deltas name. */
export function touchesOf({ name: change, deltas }: OpenChange, main: MainSpecs): Touch[] {
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
 * Requirements that two open changes touch, reported in both (OPENSPEC: defects 1 and 11): the same new name and the
 * same scenario are warnings, the same requirement otherwise a suggestion.
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

/** The parts in which a MODIFIED block differs from the base; null for operations on the whole requirement. */
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
  return differing(partsOf(base.text, current), partsOf(delta.text, block))
}

/** Scenarios by name, and the statement under the empty name. */
function partsOf(text: string, block: Requirement): Map<string, string> {
  const parts = new Map<string, string>()
  for (const { name: title, start, end } of block.scenarios) {
    const name = normalName(title)
    const body = text.slice(start, end).replace(/^[^\n]*(?:\n|$)/, '')
    parts.set(name, `${parts.get(name) ?? ''}${body}`)
  }
  return parts.set('', text.slice(block.headerEnd, block.scenarios[0]?.start ?? block.end))
}

function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): Set<string> {
  const isSame = (before = '', after = '') => before === after || normalText(before) === normalText(after)
  const names = new Set([...one.keys(), ...other.keys()])
  return new Set(
    [...names].filter(name => one.has(name) !== other.has(name) || !isSame(one.get(name), other.get(name))),
  )
}

function overlapOf(touch: Touch, group: readonly Touch[]): Finding[] {
  const { change, file, capability, line, requirement } = touch
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
