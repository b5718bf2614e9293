import { compareClaims } from '../../figures/comparison/claim-patterns.ts'
import { type Assertion, carriersOf, compareText } from '../../figures/comparison/compare-text.ts'
import { conflictsOf } from '../../figures/comparison/conflicts.ts'
import { checkDefinitions } from '../../figures/definitions/check-definitions.ts'
import type { ClaimPattern } from '../../figures/definitions/definition.ts'
import type { MeasuredFigures, TextKind } from '../../figures/measured.ts'
import type { FormerIndex } from '../../figures/sweep/former-index.ts'
import { formerValueFindings, sweepText } from '../../figures/sweep/sweep-text.ts'
import type { Finding } from '../../findings/finding.ts'

/** A file that belongs to no change: a main spec, or one that `scan` or a claim names. */
export interface RepositoryText {
  file: string
  text: string
  kind: TextKind
  /** Claims about this very file. */
  claims: ClaimPattern[]
}

export interface RepositoryParts {
  texts: RepositoryText[]
  measured: MeasuredFigures
  /** Of `measured`. */
  former: FormerIndex
  /** Exact values that the delta specs of active changes give. */
  deltas: Assertion[]
  /** Names of the figures that active changes bind. */
  cited: Iterable<string>
}

/** What the figures say about main specs and the files around them (FIGURES "Findings"). */
export function judgeRepositoryFigures({
  texts,
  measured,
  former,
  deltas,
  cited,
}: RepositoryParts): Finding[] {
  const carriedBy = carriersOf(deltas, measured)
  const assertions: Assertion[] = []
  const bound = new Set(cited)
  const findings = texts.flatMap(source => {
    const compared = compareText(source, measured, { carriedBy })
    if (source.kind === 'spec') assertions.push(...compared.assertions)
    for (const name of [...compared.cited, ...source.claims.map(({ figure }) => figure)]) bound.add(name)
    return [
      ...compared.findings,
      ...compareClaims(source, source.claims, measured),
      ...formerValueFindings(source, sweepText(source, former)),
    ]
  })
  return [...findings, ...conflictsOf(assertions, measured), ...checkDefinitions(measured, bound)]
}
