import { type Finding, findingsIn } from '../findings/finding.ts'
import { headingsOf, sectionText } from '../markdown/sections.ts'

const WHY = { minimum: 50, maximum: 1000 }
const MAXIMUM_DELTAS = 10

/** Findings about a proposal's sections and the number of operations of its change. */
export function validateProposal(
  text: string,
  { file, deltas }: { file: string; deltas: number },
): Finding[] {
  const at = findingsIn(file)
  const found: Finding[] = []
  const lineOf = (title: string) =>
    headingsOf(text).find(each => each.text.trim().toLowerCase() === title)?.line ?? 1
  const { length } = sectionText(text, 'Why')
  if (length === 0) found.push(at(lineOf('why'), 'proposal/no-why', 'warning', {}))
  else if (length < WHY.minimum || length > WHY.maximum) {
    const bound = length < WHY.minimum ? `at least ${WHY.minimum}` : `at most ${WHY.maximum}`
    found.push(at(lineOf('why'), 'proposal/why-length', 'warning', { length, bound }))
  }
  if (sectionText(text, 'What Changes') === '') {
    found.push(at(lineOf('what changes'), 'proposal/no-what-changes', 'warning', {}))
  }
  if (deltas > MAXIMUM_DELTAS) {
    found.push(at(1, 'proposal/many-deltas', 'warning', { count: deltas, maximum: MAXIMUM_DELTAS }))
  }
  return found
}
