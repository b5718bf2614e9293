import { type Finding, finding } from '../../findings/finding.ts'
import { boundNumbersOf, statedNumbers } from '../bindings/bound-numbers.ts'
import { type FigureText, parseBindings } from '../bindings/parse-bindings.ts'
import { codeSpans } from '../bindings/text-spans.ts'
import { formatAmount } from '../comparison/format-value.ts'
import { numberOf } from '../comparison/judge-claim.ts'
import { severityOf } from '../comparison/text-severity.ts'
import type { MeasuredFigure } from '../measured.ts'
import { isStated } from '../numbers/format-number.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import { type CompiledWording, compileWording } from '../wording/compile-wording.ts'
import { isBesideWording, type Placed } from '../wording/is-beside-wording.ts'
import { isCurrentClaim } from '../wording/is-current-claim.ts'
import { candidateLines } from './candidate-lines.ts'
import type { FormerIndex } from './former-index.ts'

/** An unbound number that is a former value of the figure beside whose wording it stands. */
export interface FormerValueHit {
  figure: MeasuredFigure
  token: NumberToken
}

/** How many numbers before it are looked at to tell what a number is. */
const NEAR = 50
const FRONTMATTER = /^\uFEFF?---\r?\n/
/** A box that is ticked or deferred tells of work as it was. */
const FINISHED = /^[\s>]*(?:[-*+]|\d+[.)])\s+\[[xX~-]\]/

/**
 * Finds former values that a text still gives as today's (FIGURES "Findings"): one hit per line, figure and value. A
 * line that also states today's value is left alone, as is history. Files that tell of the past must not come here.
 */
export function findFormerValues(source: FigureText, index: FormerIndex): FormerValueHit[] {
  const { text } = source
  const lines = candidateLines(text, index.former, bodyStart(text))
  const hits = lines.flatMap(line => formerValuesOfLine(text, line, index))
  if (hits.length === 0) return hits
  const bound = boundStarts(source)
  return hits.filter(({ token }) => !bound.has(token.start))
}

export function formerValueFindings(source: FigureText, hits: FormerValueHit[]): Finding[] {
  const { kind, file, change } = source
  return hits.map(({ figure: { figure, value }, token }) => {
    const place = { ...(change === undefined ? {} : { change }), file, line: token.line }
    const args = {
      figure: figure.name,
      asserted: formatAmount(token.value, figure.unit),
      measured: formatAmount(numberOf(value) ?? 0, figure.unit),
    }
    return finding('figure/former-value', severityOf('figure/former-value', kind), args, place)
  })
}

/** A line in which a number may be a former value. */
interface NumberedLine {
  text: string
  line: TextRange
  tokens: NumberToken[]
  /** Of each figure that was asked for, whether the line also states today's value. */
  today: Map<MeasuredFigure, boolean>
}

function formerValuesOfLine(text: string, line: TextRange, index: FormerIndex): FormerValueHit[] {
  if (FINISHED.test(text.slice(line.start, Math.min(line.end, line.start + 40)))) return []
  const swept: NumberedLine = { text, line, tokens: statedNumbers(text, line), today: new Map() }
  const hits: FormerValueHit[] = []
  for (const [position, token] of swept.tokens.entries()) {
    // A spelled "one" is an article more often than a number.
    if (token.format.style === 'words' && token.value === 1) continue
    const figure = formerOf(swept, position, index)
    if (!figure || hits.some(hit => hit.figure === figure && hit.token.value === token.value)) continue
    hits.push({ figure, token })
  }
  if (hits.length === 0) return hits
  const code = codeSpans(text, line.start, line.end)
  return hits.filter(({ token }) => !code.some(({ start, end }) => token.start >= start && token.start < end))
}

/** The figure of which a number is a former value; null when it is today's of another figure of the same name. */
function formerOf(swept: NumberedLine, position: number, index: FormerIndex): MeasuredFigure | null {
  const { text, line, tokens } = swept
  const token = tokens[position]
  const candidates = token ? index.former.statedBy(token) : []
  if (!token || candidates.length === 0) return null
  const placed: Placed = { text, token, line, earlier: tokens.slice(Math.max(0, position - NEAR), position) }
  const beside = new Map<CompiledWording, boolean>()
  const isBeside = ({ figure }: MeasuredFigure): boolean => {
    const wording = compileWording(figure.wording)
    const known = beside.get(wording) ?? isBesideWording(placed, wording)
    beside.set(wording, known)
    return known
  }
  const found = candidates.find(
    ({ measured }) => isBeside(measured) && !statesToday(swept, measured),
  )?.measured
  if (!found || !isCurrentClaim(placed)) return null
  if (index.current.statedBy(token).some(({ measured }) => isBeside(measured))) return null
  return found.state === 'fresh' ? found : null
}

function statesToday({ tokens, today }: NumberedLine, measured: MeasuredFigure): boolean {
  const known = today.get(measured)
  if (known !== undefined) return known
  const value = numberOf(measured.value)
  const states = value !== null && tokens.some(token => isStated(token, value))
  today.set(measured, states)
  return states
}

/** Where the numbers begin that bindings mean, history included. */
function boundStarts(source: FigureText): Set<number> {
  const { bindings } = parseBindings(source)
  return new Set(
    bindings.flatMap(binding => boundNumbersOf(source.text, binding, null).tokens.map(({ start }) => start)),
  )
}

function bodyStart(text: string): number {
  if (!FRONTMATTER.test(text)) return 0
  const end = text.indexOf('\n---', 3)
  return end < 0 ? 0 : end + 1
}
