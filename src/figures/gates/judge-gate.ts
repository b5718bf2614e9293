import type { Term } from '../bindings/binding.ts'
import { judgeClaim } from '../comparison/judge-claim.ts'
import type { MeasuredFigures } from '../measured.ts'

/** One condition of a gate, judged on the values in the lock. */
export interface JudgedCondition {
  /** As the gate spells it. */
  condition: string
  /** `unjudged` is no pass: a value that is stale or was never measured opens no gate (FIGURES "Task gates"). */
  outcome: 'met' | 'unmet' | 'unjudged'
  /** For people; empty when there is no value. */
  measured: string
  /** Why it cannot be judged, in one clause; empty otherwise. */
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
