import type { Term } from '../bindings/binding.ts'
import { judgeClaim } from '../comparison/judge-claim.ts'
import type { MeasuredFigures } from '../measured.ts'

/** The result of one condition of a gate, evaluated with the values in the lock. */
export interface JudgedCondition {
  /** As it is written in the gate. */
  condition: string
  /** `unjudged`: the value is stale, missing or of another kind. Only `met` lets a task be checked. */
  outcome: 'met' | 'unmet' | 'unjudged'
  /** Value as text; empty when there is none. */
  measured: string
  /** Why it cannot be evaluated, as one clause; empty otherwise. */
  reason: string
}

export function judgeGate(conditions: Term[], { figures }: MeasuredFigures): JudgedCondition[] {
  return conditions.map(({ figure, claim, written }) => {
    const measured = figures.get(figure)
    if (!measured) return unjudged(written, `no figure is called ${figure}`)
    const judged = judgeClaim(claim, measured)
    if (judged.outcome === 'met' || judged.outcome === 'unmet')
      return { condition: written, outcome: judged.outcome, measured: judged.measured, reason: '' }
    if (judged.outcome === 'wrong-kind')
      return unjudged(written, `the value of ${figure} is ${judged.measured}`)
    const why = measured.state === 'unmeasured' ? 'was never measured' : measured.reason
    return unjudged(written, measured.state === 'unmeasured' ? `${figure} ${why}` : why)
  })
}

function unjudged(condition: string, reason: string): JudgedCondition {
  return { condition, outcome: 'unjudged', measured: '', reason }
}
