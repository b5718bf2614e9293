import type { Counts, Judged, VerifyDecision } from '../verification.ts'
import { countsOf, DIMENSIONS, decisionOf } from '../verification.ts'
import { formatTable } from './table.ts'

const WORDS: Record<VerifyDecision, string> = { pass: 'PASS', warn: 'PASS WITH WARNINGS', fail: 'FAIL' }

/** One row per dimension that counts towards the decision. */
export function scorecard(reported: Judged[]): string {
  const rows = DIMENSIONS.filter(dimension => dimension !== 'ledger').map(dimension => {
    const own = reported.filter(judged => judged.dimension === dimension)
    const { critical, warning, suggestion, carried } = countsOf(own)
    const suggestions = carried > 0 ? `${suggestion} (${carried} carried)` : String(suggestion)
    const name = dimension.charAt(0).toUpperCase() + dimension.slice(1)
    return [name, WORDS[decisionOf(own)], String(critical), String(warning), suggestions]
  })
  return formatTable(['Dimension', 'Verdict', 'Critical', 'Warning', 'Suggestion'], rows)
}

/** Such as `0 critical, 0 warning, 2 carried suggestions`. */
export function countsText({ critical, warning, suggestion, carried }: Counts): string {
  const parts = [`${critical} critical`, `${warning} warning`]
  if (suggestion > 0 || carried === 0) parts.push(`${suggestion} suggestion${suggestion === 1 ? '' : 's'}`)
  if (carried > 0) parts.push(`${carried} carried suggestion${carried === 1 ? '' : 's'}`)
  return parts.join(', ')
}
