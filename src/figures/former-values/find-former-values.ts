import { type Finding, finding } from '../../findings/finding.ts'
import { statedNumbers } from '../bindings/bound-numbers.ts'
import { boundStartsOf } from '../bindings/coverage.ts'
import { type FigureText, placeIn } from '../bindings/parse-bindings.ts'
import { codeSpans, isInSpans } from '../bindings/text-spans.ts'
import { formatAmount } from '../comparison/format-value.ts'
import { numberOf } from '../comparison/judge-claim.ts'
import { severityOf } from '../comparison/text-severity.ts'
import type { MeasuredFigure } from '../measured.ts'
import { isStated } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { linesOf, type TextRange } from '../numbers/scan-numbers.ts'
import { compileWording } from '../wording/compile-wording.ts'
import { isBesideWording, type PlacedNumber } from '../wording/is-beside-wording.ts'
import { isCurrentClaim } from '../wording/is-current-claim.ts'
import { type FormerIndex, type IndexedValue, statedBy } from './former-index.ts'

/** An unbound number that equals a former value of the figure that the words around it describe. */
export interface FormerValueHit {
  figure: MeasuredFigure
  token: NumberToken
}

/** How many preceding numbers of the line are considered. */
const NEAR = 50
const FRONTMATTER = /^\uFEFF?---\r?\n/
/** A checked or deferred task describes past work. */
const FINISHED = /^[\s>]*(?:[-*+]|\d+[.)])\s+\[[xX~-]\]/

/**
 * Finds former values that a text still states as current. Returns one hit per line, figure and value. Skips lines that
 * also state the current value. The caller must omit history files.
 */
export function findFormerValues(source: FigureText, index: FormerIndex): FormerValueHit[] {
  const { text } = source
  if (index.former.length === 0) return []
  const body = bodyStart(text)
  const lines = linesOf(text).filter(({ start }) => start >= body)
  const hits = lines.flatMap(line => formerValuesOfLine(text, line, index))
  if (hits.length === 0) return hits
  const bound = boundStartsOf(source).starts
  return hits.filter(({ token }) => !bound.has(token.start))
}

export function formerValueFindings(source: FigureText, hits: FormerValueHit[]): Finding[] {
  return hits.map(({ figure: { figure, value }, token }) => {
    const args = {
      figure: figure.name,
      asserted: formatAmount(token.value, figure.unit),
      measured: formatAmount(numberOf(value) ?? 0, figure.unit),
    }
    return finding(
      'figure/former-value',
      severityOf('figure/former-value', source.kind),
      args,
      placeIn(source, token.line),
    )
  })
}

function formerValuesOfLine(text: string, line: TextRange, index: FormerIndex): FormerValueHit[] {
  if (FINISHED.test(text.slice(line.start, Math.min(line.end, line.start + 40)))) return []
  const tokens = statedNumbers(text, line)
  const hits: FormerValueHit[] = []
  for (const [position, token] of tokens.entries()) {
    // A spelled "one" is an article more often than a number.
    if (token.format.style === 'words' && token.value === 1) continue
    const earlier = tokens.slice(Math.max(0, position - NEAR), position)
    const figure = formerOf({ text, token, line, earlier }, tokens, index)
    if (!figure || hits.some(hit => hit.figure === figure && hit.token.value === token.value)) continue
    hits.push({ figure, token })
  }
  if (hits.length === 0) return hits
  const code = codeSpans(text, line.start, line.end)
  return hits.filter(({ token }) => !isInSpans(code, token.start))
}

/** The figure that had this value before. Null when the number is the current value of another figure. */
function formerOf(placed: PlacedNumber, tokens: NumberToken[], index: FormerIndex): MeasuredFigure | null {
  const { token } = placed
  const isBeside = ({ measured }: IndexedValue) =>
    isBesideWording(placed, compileWording(measured.figure.wording))
  const found = statedBy(index.former, token).find(
    each => isBeside(each) && !statesCurrent(tokens, each.measured),
  )?.measured
  if (!found || !isCurrentClaim(placed) || statedBy(index.current, token).some(isBeside)) return null
  return found.state === 'fresh' ? found : null
}

function statesCurrent(tokens: NumberToken[], measured: MeasuredFigure): boolean {
  const value = numberOf(measured.value)
  return value !== null && tokens.some(token => isStated(token, value))
}

function bodyStart(text: string): number {
  if (!FRONTMATTER.test(text)) return 0
  const end = text.indexOf('\n---', 3)
  return end < 0 ? 0 : end + 1
}
