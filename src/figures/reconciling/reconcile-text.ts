import { applySplices } from '../../markdown/splice.ts'
import { type FigureText, parseBindings } from '../bindings/parse-bindings.ts'
import type { ClaimPattern } from '../definitions/definition.ts'
import type { MeasuredFigures } from '../measured.ts'
import { type NumberEdit, type Plan, planBinding, planClaim, type Refusal } from './plan-edits.ts'

export interface Reconciliation {
  edits: NumberEdit[]
  refused: Refusal[]
  /** The text after the edits. */
  text: string
}

export interface ReconcileOptions {
  force: boolean
  /** Claims of figures.yaml about this file. */
  claims?: ClaimPattern[]
}

/**
 * Rewrites bound numbers that differ from the measured values, and their bindings. Each number keeps its format, and every
 * other byte stays. A second run changes nothing.
 */
export function reconcileText(
  source: FigureText,
  measured: MeasuredFigures,
  { force, claims = [] }: ReconcileOptions,
): Reconciliation {
  const { bindings } = parseBindings(source)
  const planned = [
    ...bindings.map(binding =>
      planBinding({ source, bindings, force }, binding, measured.figures.get(binding.figure)),
    ),
    ...claims.map(claim =>
      planClaim(source.text, claim, { force, known: measured.figures.get(claim.figure) }),
    ),
  ]
  const { edits, refused } = withoutContradictions(planned.flatMap(plan => plan ?? []))
  return {
    edits,
    refused,
    text: applySplices(source.text, edits),
  }
}

/** Sorts edits and removes duplicates. Refuses all edits of a number for which two bindings need different values. */
function withoutContradictions(plans: Plan[]): Pick<Reconciliation, 'edits' | 'refused'> {
  const edits = new Map<number, NumberEdit>()
  const refused = plans.filter((plan): plan is Refusal => !Array.isArray(plan))
  const wanted = plans.filter((plan): plan is NumberEdit[] => Array.isArray(plan))
  const texts = new Map<number, Set<string>>()
  for (const { start, text } of wanted.flat()) texts.set(start, (texts.get(start) ?? new Set()).add(text))
  for (const plan of wanted) {
    const contested = plan.find(({ start }) => (texts.get(start)?.size ?? 0) > 1)
    if (contested)
      refused.push({ figure: contested.figure, line: contested.line, reason: 'ambiguous', word: '' })
    else for (const edit of plan) edits.set(edit.start, edit)
  }
  return { edits: [...edits.values()].sort((one, other) => one.start - other.start), refused }
}
