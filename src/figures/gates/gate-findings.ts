import type { Change, TaskBox } from '../../change/change.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { MeasuredFigures } from '../measured.ts'
import { judgeGate } from './judge-gate.ts'
import { parseGate } from './parse-gate.ts'

/** Reports checked tasks with a gate that is not met or cannot be evaluated. */
export function gateFindings({ tasks, name }: Change, measured: MeasuredFigures): Finding[] {
  return (tasks?.boxes ?? []).flatMap(box => {
    if (!box.text.includes('<!--')) return []
    const place = { change: name, file: tasks?.file ?? '', line: box.line }
    return findingsOfTask(box, measured).map(each => ({ ...each, ...place }))
  })
}

function findingsOfTask(box: TaskBox, measured: MeasuredFigures): Finding[] {
  const gate = parseGate(box.text)
  const task = box.id ?? box.text.replace(/<!--.*?(?:-->|$)/g, '').trim()
  if (gate?.type === 'malformed') return [finding('gate/malformed', 'warning', { task, reason: gate.reason })]
  if (!gate || box.status !== 'done') return []
  if (gate.type === 'human') {
    if (gate.by !== null) return []
    const reason = 'the gate must name the person who checked it'
    return [finding('gate/unjudged', 'warning', { task, condition: 'human', reason })]
  }
  return judgeGate(gate.conditions, measured).flatMap(
    ({ condition, outcome, measured: value, reason }): Finding[] => {
      if (outcome === 'unmet')
        return [finding('gate/unmet', 'critical', { task, condition, measured: value })]
      if (outcome === 'unjudged') return [finding('gate/unjudged', 'warning', { task, condition, reason })]
      return []
    },
  )
}
