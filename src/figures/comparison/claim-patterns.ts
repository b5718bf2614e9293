import { type Finding, finding } from '../../findings/finding.ts'
import type { FigureText } from '../bindings/parse-bindings.ts'
import type { ClaimPattern } from '../definitions/definition.ts'
import type { MeasuredFigures } from '../measured.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { scanNumbers } from '../numbers/scan-numbers.ts'
import { formatSource } from './format-value.ts'
import { invarianceOf, judgeClaim } from './judge-claim.ts'
import { severityOf } from './text-severity.ts'

/** Longer lines are skipped. A pattern comes from the repository and may be slow on purpose. */
const LONGEST_LINE = 500

/** The result of searching a file for the pattern of a claim. */
export interface ClaimMatch {
  /** Number of matches. */
  matches: number
  /** The captured number. Null when there is not exactly one match, or when its capture is not a number. */
  value: NumberToken | null
  /** Text of the line of the match; empty without one. */
  lineText: string
}

/** Applies the pattern of a claim to each line of a text. An invalid pattern matches nothing. */
export function matchClaim(text: string, pattern: string): ClaimMatch {
  const expression = expressionOf(pattern)
  const found: Omit<ClaimMatch, 'matches'>[] = []
  let start = 0
  for (const [index, lineText] of (expression ? text.split('\n') : []).entries()) {
    const matches = lineText.length > LONGEST_LINE || !expression ? [] : lineText.matchAll(expression)
    for (const match of matches) {
      const [from, to] = match.indices?.[1] ?? [0, 0]
      const [token, more] = scanNumbers(text, { start: start + from, end: start + to, line: index + 1 })
      const whole = token && !more && token.start === start + from && token.end === start + to
      found.push({ value: whole ? token : null, lineText })
    }
    start += lineText.length + 1
  }
  const [only] = found
  return only && found.length === 1
    ? { matches: 1, ...only }
    : { matches: found.length, value: null, lineText: '' }
}

/** Compares the claims about one file with the measured values. `patterns` are the claims about this file. */
export function compareClaims(
  { text, file, kind, change }: FigureText,
  patterns: ClaimPattern[],
  measured: MeasuredFigures,
): Finding[] {
  const place = { ...(change === undefined ? {} : { change }), file }
  return patterns.flatMap(({ figure, pattern }): Finding[] => {
    const known = measured.figures.get(figure)
    if (!known)
      return [finding('figure/unknown', severityOf('figure/unknown', kind), { figure, meant: '' }, place)]
    const { matches, value, lineText } = matchClaim(text, pattern)
    if (!value)
      return [finding('figure/claim', severityOf('figure/claim', kind), { figure, pattern, matches }, place)]
    const { outcome, asserted, measured: found } = judgeClaim({ type: 'is', value }, known)
    const at = { ...place, line: value.line }
    if (outcome === 'unjudged') {
      return known.state === 'stale'
        ? [finding('figure/stale', severityOf('figure/stale', kind), { figure, reason: known.reason }, at)]
        : [finding('figure/unmeasured', severityOf('figure/unmeasured', kind), { figure }, at)]
    }
    if (outcome === 'met') return []
    const args = { figure, asserted, measured: found, source: formatSource(known, measured), fixedBy: '' }
    const invariant = invarianceOf(lineText)
    return [finding('figure/drift', severityOf('figure/drift', kind), { ...args, invariant }, at)]
  })
}

function expressionOf(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'dg')
  } catch {
    return null
  }
}
