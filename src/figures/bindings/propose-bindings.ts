import type { Region } from '../../markdown/blocks.ts'
import { scanBlocks } from '../../markdown/scan-blocks.ts'
import { applySplices } from '../../markdown/splice.ts'
import { type FormerIndex, statedBy } from '../former-values/former-index.ts'
import type { NumberToken } from '../numbers/number-token.ts'
import { linesOf, type TextRange } from '../numbers/scan-numbers.ts'
import { compileWording } from '../wording/compile-wording.ts'
import { isBesideWording, type PlacedNumber } from '../wording/is-beside-wording.ts'
import { isCurrentClaim } from '../wording/is-current-claim.ts'
import { statedNumbers } from './bound-numbers.ts'
import { boundStartsOf } from './coverage.ts'
import type { FigureText } from './parse-bindings.ts'
import { codeSpans, isInSpans, type Span } from './text-spans.ts'

/** A comment that would bind the numbers of one line that equal the current value of a figure. */
export interface BindingProposal {
  /** 1-based line of the numbers. */
  line: number
  figures: string[]
  /** Where to insert the comment, and the text to insert. */
  offset: number
  insert: string
}

/**
 * Proposes bindings for numbers that equal the current value of the figure that the words around them describe. The
 * comment goes to the end of the line, or before the fence that contains the line. Skips headings and other code.
 */
export function proposeBindings(source: FigureText, { current }: FormerIndex): BindingProposal[] {
  const { text } = source
  if (current.length === 0) return []
  const blocks = source.blocks ?? scanBlocks(text)
  const bound = boundStartsOf({ ...source, blocks }).starts
  const proposals = new Map<number, BindingProposal>()
  for (const line of linesOf(text)) {
    if (
      isHidden(text, line, {
        headings: blocks.headings.map(({ offset, end }) => ({ start: offset, end })),
        regions: blocks.regions,
      })
    )
      continue
    const terms = termsOf({ text, line, bound }, current)
    if (terms.length === 0) continue
    const fence = blocks.regions.find(({ start, end }) => line.start >= start && line.start < end)
    const place = fence ? beforeFence(text, fence) : atLineEnd(text, line)
    const known = proposals.get(place.offset)
    const all = [...(known?.figures ?? []), ...terms.map(({ figure }) => figure)]
    const body = terms.map(({ figure, value }) => `${figure}=${value}`).join(', ')
    const insert = known ? known.insert.replace(' -->', `, ${body} -->`) : place.wrap(`<!-- fig: ${body} -->`)
    proposals.set(place.offset, {
      line: known?.line ?? line.line,
      figures: all,
      offset: place.offset,
      insert,
    })
  }
  return [...proposals.values()]
}

/** Inserts proposals into a text. Every other byte stays. */
export function applyProposals(text: string, proposals: BindingProposal[]): string {
  return applySplices(
    text,
    proposals.map(({ offset, insert }) => ({ start: offset, end: offset, text: insert })),
  )
}

interface ProposedTerm {
  figure: string
  value: string
}

function termsOf(
  { text, line, bound }: { text: string; line: TextRange; bound: ReadonlySet<number> },
  current: FormerIndex['current'],
): ProposedTerm[] {
  const tokens = statedNumbers(text, line)
  const code = codeSpans(text, line.start, line.end)
  const terms = new Map<string, ProposedTerm>()
  for (const [position, token] of tokens.entries()) {
    if (bound.has(token.start) || isInSpans(code, token.start)) continue
    const placed: PlacedNumber = {
      text,
      token,
      line,
      earlier: tokens.slice(Math.max(0, position - 50), position),
    }
    const found = statedBy(current, token).find(({ measured }) =>
      isBesideWording(placed, compileWording(measured.figure.wording)),
    )
    if (found?.measured.state !== 'fresh' || !isCurrentClaim(placed)) continue
    const figure = found.measured.figure.name
    terms.set(figure, { figure, value: writtenValue(text, token) })
  }
  return [...terms.values()]
}

/** A number as it is written in a binding: in digits, without separators. */
function writtenValue(text: string, { start, end, format, value }: NumberToken): string {
  return format.style === 'words' ? String(value) : text.slice(start, end).replace(/[,_]/g, '')
}

function isHidden(
  text: string,
  line: TextRange,
  { headings, regions }: { headings: Span[]; regions: Region[] },
): boolean {
  const inside = ({ start, end }: Span) => line.end > start && line.start < end
  // A backslash at the end is a Markdown line break; a comment after it would remove the break.
  const breaks = text.slice(line.start, line.end).trimEnd().endsWith('\\')
  return breaks || headings.some(inside) || regions.some(region => region.kind !== 'fence' && inside(region))
}

function atLineEnd(text: string, line: TextRange): { offset: number; wrap(comment: string): string } {
  const offset = line.start + text.slice(line.start, line.end).trimEnd().length
  return { offset, wrap: comment => ` ${comment}` }
}

function beforeFence(text: string, fence: Region): { offset: number; wrap(comment: string): string } {
  const opening = text.slice(fence.start, text.indexOf('\n', fence.start) + 1)
  const indent = /^[\s>]*/.exec(opening)?.[0] ?? ''
  const newline = opening.endsWith('\r\n') ? '\r\n' : '\n'
  return { offset: fence.start, wrap: comment => `${indent}${comment}${newline}` }
}
