import { type Finding, finding } from '../findings/finding.ts'
import { headingsOf, sectionText } from '../markdown/sections.ts'

const WHY = { minimum: 50, maximum: 1000 }
const MAXIMUM_DELTAS = 10

/** Findings about a proposal's sections and the number of operations of its change (OPENSPEC: Validation). */
export function validateProposal(
  text: string,
  { file, deltas }: { file: string; deltas: number },
): Finding[] {
  const found: Finding[] = []
  const lineOf = (title: string) =>
    headingsOf(text).find(each => each.text.trim().toLowerCase() === title)?.line ?? 1
  const why = sectionText(text, 'Why')
  const at = { file, line: lineOf('why'), column: 1 }
  if (why === '') found.push(finding('proposal/no-why', 'warning', {}, at))
  else if (why.length < WHY.minimum || why.length > WHY.maximum) {
    const bound = why.length < WHY.minimum ? `at least ${WHY.minimum}` : `at most ${WHY.maximum}`
    found.push(finding('proposal/why-length', 'warning', { length: why.length, bound }, at))
  }
  if (sectionText(text, 'What Changes') === '') {
    const line = lineOf('what changes')
    found.push(finding('proposal/no-what-changes', 'warning', {}, { file, line, column: 1 }))
  }
  if (deltas > MAXIMUM_DELTAS) {
    const args = { count: deltas, maximum: MAXIMUM_DELTAS }
    found.push(finding('proposal/many-deltas', 'warning', args, { file, line: 1, column: 1 }))
  }
  return found
}
