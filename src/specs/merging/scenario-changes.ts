import { normalName } from '../near-miss.ts'
import type { Requirement, Scenario } from '../parse-requirements.ts'

/** How a MODIFIED block's scenarios stand to those of the requirement it replaces. */
export interface ScenarioChanges {
  /** Scenarios that the block lacks, equal names counted one by one. */
  missing: Scenario[]
  /** Scenarios of the block renamed from a name that is nowhere. */
  unknown: Scenario[]
  /** Scenarios of the block whose names are spelled in another Unicode form. */
  respelt: Scenario[]
  /** Each scenario of the current requirement with the one that takes its place. */
  pairs: [current: Scenario, incoming: Scenario][]
}

/** Compares scenarios by name; `<!-- renamed-from: … -->` keeps a renamed one (OPENSPEC: defects 8 and 15). */
export function scenarioChanges(current: Requirement, incoming: Requirement): ScenarioChanges {
  const known = new Set(current.scenarios.map(each => normalName(each.name)))
  const left = new Map<string, Scenario[]>()
  const unknown: Scenario[] = []
  for (const each of incoming.scenarios) {
    const old = each.renamedFrom === null ? null : normalName(each.renamedFrom)
    const name = normalName(each.name)
    if (old !== null && !known.has(old) && !known.has(name)) unknown.push(each)
    const key = old !== null && known.has(old) ? old : name
    const same = left.get(key)
    if (same) same.push(each)
    else left.set(key, [each])
  }
  const changes: ScenarioChanges = { missing: [], unknown, respelt: [], pairs: [] }
  for (const each of current.scenarios) {
    const match = left.get(normalName(each.name))?.shift()
    if (!match) changes.missing.push(each)
    else changes.pairs.push([each, match])
    if (match && match.name !== each.name && normalName(match.name) === normalName(each.name)) {
      changes.respelt.push(match)
    }
  }
  return changes
}

/** Line ends and outer white space do not make two texts differ. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}
