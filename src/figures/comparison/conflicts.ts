import { type Finding, finding } from '../../findings/finding.ts'
import { isSameValue } from '../bindings/bound-numbers.ts'
import type { MeasuredFigures } from '../measured.ts'
import type { Assertion } from './compare-text.ts'
import { formatAmount } from './format-value.ts'

/**
 * Reports main specs that state different exact values for one figure. Each value that differs from the first one becomes
 * a finding, at the first place that states it. Assertions about undefined figures are skipped.
 */
export function conflictsOf(assertions: Assertion[], measured: MeasuredFigures): Finding[] {
  const given = new Map<string, Assertion[]>()
  const findings: Finding[] = []
  for (const assertion of assertions) {
    const { figure: name, value, file, line } = assertion
    const known = measured.figures.get(name)
    if (!known) continue
    const values = given.get(name) ?? []
    given.set(name, values)
    if (values.some(other => isSameValue(other.value, value))) continue
    values.push(assertion)
    const [first] = values
    if (!first || first === assertion) continue
    const { unit } = known.figure
    const args = {
      figure: name,
      asserted: formatAmount(value.value, unit),
      other: formatAmount(first.value.value, unit),
      place: `${first.file}:${first.line}`,
    }
    findings.push(finding('figure/conflict', 'critical', args, { file, line }))
  }
  return findings
}
