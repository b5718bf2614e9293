import { normalName } from '../near-miss.ts'
import type { Requirement, Scenario } from '../parse-requirements.ts'

/** Differences between the scenarios of a MODIFIED block and those of the requirement that it replaces. */
export interface ScenarioChanges {
  /** Scenarios that the block lacks. Two scenarios of one name need two replacements. */
  missing: Scenario[]
  /** Scenarios of the block renamed from a name that does not exist. */
  unknown: Scenario[]
  /** Scenarios of the block with a name in another Unicode form. */
  respelled: Scenario[]
}

/** Compares scenarios by name; `<!-- renamed-from: … -->` keeps a renamed one. */
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
  const changes: ScenarioChanges = { missing: [], unknown, respelled: [] }
  for (const each of current.scenarios) {
    const match = left.get(normalName(each.name))?.shift()
    if (!match) changes.missing.push(each)
    else if (match.name !== each.name && normalName(match.name) === normalName(each.name)) {
      changes.respelled.push(match)
    }
  }
  return changes
}

/** A text for comparison: line feeds only, without white space around it. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}
