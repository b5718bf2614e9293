import { markedComments } from '../../figures/bindings/marked-comments.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { headingsOf } from '../../markdown/sections.ts'
import { movedUpstream } from '../../specs/upstream-record.ts'
import { changedEvidence } from '../evidence/evidence.ts'
import { placeIn, type VerifyFacts } from '../facts.ts'

/** Compares artifacts with one another, and the verify report with the artifacts and code of today. */
export function coherence(facts: VerifyFacts): Finding[] {
  return [
    ...unknownDecisions(facts),
    ...staleReport(facts),
    ...upstreamChanged(facts),
    ...boundToNothing(facts),
  ]
}

/** References such as `D3` in proposal or tasks to a decision that design.md does not have. */
function unknownDecisions(facts: VerifyFacts): Finding[] {
  const referring = ['proposal.md', 'tasks.md'].flatMap(file => {
    const references = decisionsIn(facts.texts.get(file) ?? '')
    return references.size > 0 ? [{ file, references }] : []
  })
  const design = referring.length > 0 ? facts.texts.get('design.md') : undefined
  if (design === undefined) return []
  const known = new Set(headingsOf(design).flatMap(({ text }) => /^D\d+(?=[:.\s])/.exec(text)?.[0] ?? []))
  if (known.size === 0) return []
  return referring.flatMap(({ file, references }) => {
    return [...references].flatMap(([decision, line]) => {
      if (known.has(decision)) return []
      return [finding('design/unknown-decision', 'suggestion', { decision }, placeIn(facts, file, line))]
    })
  })
}

/** Each reference to a decision, with its first line. */
function decisionsIn(text: string): Map<string, number> {
  const found = new Map<string, number>()
  if (!/D\d/.test(text)) return found
  for (const [index, line] of text.split('\n').entries()) {
    for (const [reference] of line.matchAll(/(?<![\w/.#-])D\d{1,2}(?![\w.-]*\w)/g)) {
      if (!found.has(reference)) found.set(reference, index + 1)
    }
  }
  return found
}

/** Without figures.yaml, figure comments are not compared; this reports that. */
function boundToNothing(facts: VerifyFacts): Finding[] {
  if (facts.figures !== null) return []
  const specs = facts.deltas.deltas.map(({ capability }) => `specs/${capability}/spec.md`)
  return ['proposal.md', 'design.md', 'tasks.md', ...specs].flatMap(file => {
    const text = facts.texts.get(file)
    if (text === undefined || !/<!--[ \t]*(?:fig|gate):/.test(text)) return []
    const [first] = [...markedComments(text, 'fig'), ...markedComments(text, 'gate')]
    return first ? [finding('figure/none-defined', 'warning', {}, placeIn(facts, file, first.line))] : []
  })
}

/** The decision was recorded for other artifacts, code or figures. */
function staleReport(facts: VerifyFacts): Finding[] {
  const { change, recorded, today } = facts
  const { file, line } = change.verifyReport
  if (!recorded || !today || !file) return []
  const place = placeIn(facts, file, line ?? 1)
  const [worst] = changedEvidence(recorded, today)
  if (worst === undefined) return []
  return [finding('verify/stale', worst === 'artifacts' ? 'critical' : 'warning', { what: worst }, place)]
}

/** An upstream artifact changed after the delta spec was last edited. */
function upstreamChanged(facts: VerifyFacts): Finding[] {
  return [...facts.upstream].flatMap(([file, { recorded, today }]) => {
    const moved = recorded ? movedUpstream(recorded, today) : []
    if (moved.length === 0) return []
    const args = { moved: moved.join(' and ') }
    return [finding('artifact/upstream-changed', 'warning', args, placeIn(facts, file, 1))]
  })
}
