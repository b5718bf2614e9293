import { normalName } from '../near-miss.ts'
import type { Requirement } from '../parse-requirements.ts'
import { droppedExtras, extrasOf } from './absorbed-text.ts'
import { type MergeSituation, notFound, otherSpelling } from './merge-situation.ts'
import { scenarioChanges } from './scenario-changes.ts'

/** Reports what a MODIFIED block would drop: scenarios, and text that is neither statement nor step. */
export function modifyRefusals(situation: MergeSituation): void {
  const { base, delta, names, found, at } = situation
  const renamedAway = new Set(delta.renamed.map(each => normalName(each.from)))
  for (const block of delta.modified) {
    const key = normalName(block.name)
    if (renamedAway.has(key)) continue
    const present = names.get(key)
    if (!present) {
      const gone = base.spec.requirements.find(each => normalName(each.name) === key)
      notFound(situation, 'MODIFIED', block)
      if (gone) scenarioRefusals(situation, { block, current: gone })
      continue
    }
    otherSpelling(situation, block)
    scenarioRefusals(situation, { block, current: present.block })
    const replacement = delta.text.slice(block.headerEnd, block.end)
    const [first] = droppedExtras(extrasOf(present.text, present.block), {
      text: replacement,
      extras: extrasOf(delta.text, block),
    })
    if (first) {
      const args = { requirement: block.name, text: first.text, line: first.line }
      found.push(at(block.line, 'delta/drops-text', 'critical', args))
    }
  }
}

function scenarioRefusals(
  { found, at }: MergeSituation,
  { block, current }: { block: Requirement; current: Requirement },
): void {
  const { missing, unknown, respelled } = scenarioChanges(current, block)
  if (missing.length > 0) {
    const scenarios = missing.map(each => `"${each.name}"`).join(', ')
    found.push(at(block.line, 'delta/drops-scenario', 'critical', { requirement: block.name, scenarios }))
  }
  for (const { renamedFrom, line } of unknown) {
    const args = { requirement: block.name, scenario: renamedFrom ?? '' }
    found.push(at(line, 'delta/unknown-scenario', 'critical', args))
  }
  for (const { name, line } of respelled) found.push(at(line, 'delta/other-spelling', 'warning', { name }))
}
