import type { TaskBox } from '../../change/change.ts'
import { parseGate } from '../../figures/bindings/parse-gate.ts'
import { judgeGate } from '../../figures/comparison/judge-gate.ts'
import type { MeasuredFigures } from '../../figures/measured.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'

/** A ticked box whose condition does not hold, or cannot be judged (FIGURES "Task gates"). */
export function gates({ tasks, name }: TrackedChange, measured: MeasuredFigures): Finding[] {
  return (tasks?.boxes ?? []).flatMap(box => {
    if (!box.text.includes('<!--')) return []
    const place = { change: name, file: tasks?.file ?? '', line: box.line }
    return gateFindings(box, measured).map(each => ({ ...each, ...place }))
  })
}

function gateFindings(box: TaskBox, measured: MeasuredFigures): Finding[] {
  const gate = parseGate(box.text)
  const task = box.id ?? box.text.replace(/<!--.*?(?:-->|$)/g, '').trim()
  if (gate?.type === 'malformed') return [finding('gate/malformed', 'warning', { task, reason: gate.reason })]
  if (!gate || box.status !== 'done') return []
  if (gate.type === 'human') {
    if (gate.by !== null) return []
    const reason = 'it asks for a person, and nobody is named'
    return [finding('gate/unjudged', 'warning', { task, condition: 'human', reason })]
  }
  return judgeGate(gate.conditions, measured).flatMap(
    ({ condition, outcome, measured: value, reason }): Finding[] => {
      if (outcome === 'fails')
        return [finding('gate/unmet', 'critical', { task, condition, measured: value })]
      if (outcome === 'cannot-say') return [finding('gate/unjudged', 'warning', { task, condition, reason })]
      return []
    },
  )
}
