import type { Finding } from '../../findings/finding.ts'
import { compareClaims } from '../comparison/claim-patterns.ts'
import { type Assertion, compareText, fixesOf } from '../comparison/compare-text.ts'
import { conflictsOf } from '../comparison/conflicts.ts'
import { findFormerValues, formerValueFindings } from '../former-values/find-former-values.ts'
import type { FormerIndex } from '../former-values/former-index.ts'
import type { MeasuredFigures } from '../measured.ts'
import type { RepositoryText } from '../reading/figure-texts.ts'
import { checkDefinitions } from './check-definitions.ts'

export interface RepositoryFigureFacts {
  texts: RepositoryText[]
  measured: MeasuredFigures
  /** Built from `measured`. */
  former: FormerIndex
  /** Exact values that the delta specs of active changes state. */
  deltas: Assertion[]
  /** Names of the figures that active changes bind. */
  cited: Iterable<string>
}

/** Checks the figures in main specs and scanned files, and their definitions. */
export function judgeRepositoryFigures(facts: RepositoryFigureFacts): Finding[] {
  const { texts, measured, former, deltas, cited } = facts
  const fixedBy = fixesOf(deltas, measured)
  const assertions: Assertion[] = []
  const bound = new Set(cited)
  const findings = texts.flatMap(source => {
    const compared = compareText(source, measured, fixedBy)
    if (source.kind === 'spec') assertions.push(...compared.assertions)
    for (const name of [...compared.cited, ...source.claims.map(({ figure }) => figure)]) bound.add(name)
    return [
      ...compared.findings,
      ...compareClaims(source, source.claims, measured),
      ...formerValueFindings(source, findFormerValues(source, former)),
    ]
  })
  return [...findings, ...conflictsOf(assertions, measured), ...checkDefinitions(measured, bound)]
}
