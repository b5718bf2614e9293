import type { NumberToken } from '../numbers/number-token.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import { BETWEEN, type CompiledWording } from './compile-wording.ts'

/** Maximum distance between a number and the words that describe it, in characters. */
const REACH = 80
/** Words between a number and a noun that separate them: in `14 files and checks`, 14 is not the number of checks. */
const STOP =
  /(?:^|\s)(?:and|or|of|in|for|with|to|from|at|on|by|that|is|are|was|were|the|an?|per|per-[\w-]+|new|more|other|additional|extra|further|fewer|added|removed|remaining|\d\S*)\s/i
/** Words that connect a lead with a number. */
const LINK =
  /(?:^|\b(?:is|are|be|at|to|of|stays?|remains?|equals?|reaches|totals?|counts?|holds?|only|exactly|now)\s+|[:=→>]\s*)(?:exactly |only |now |still |about |roughly |invariant at )?[*_`~≈]*$/i

/** A number in its line. `earlier` has the preceding numbers of the line. */
export interface PlacedNumber {
  text: string
  token: NumberToken
  line: Pick<TextRange, 'start' | 'end'>
  earlier: NumberToken[]
}

/** Whether the noun or lead of a figure describes a number, and no word of `not` is next to it. */
export function isBesideWording(placed: PlacedNumber, wording: CompiledWording): boolean {
  const { text, token, line } = placed
  const after = text.slice(token.end, Math.min(line.end, token.end + REACH))
  const before = text.slice(Math.max(line.start, token.start - REACH), token.start)
  const noun = wording.nounAfter?.exec(after)
  if (noun && !STOP.test(` ${noun.groups?.[BETWEEN] ?? ''}`)) {
    return !isOther(wording, `${lastWord(before)} ${noun[0]}${firstWord(after.slice(noun[0].length))}`)
  }
  if (wording.nounBefore?.test(before)) return !isOther(wording, before)
  const lead = wording.lead?.exec(before)
  if (!lead || !leadsTo(placed, lead.groups?.[BETWEEN] ?? '')) return false
  return !isOther(wording, before.slice(lead.index))
}

/** Whether the text between a lead and the number connects them. */
function leadsTo({ token, earlier }: PlacedNumber, gap: string): boolean {
  const from = token.start - gap.length
  const between = earlier.filter(({ start }) => start >= from)
  const same = between.every(other => other.value === token.value || other.progression === 'start')
  return same && (gap.trim() === '' || LINK.test(gap))
}

function isOther({ not }: CompiledWording, around: string): boolean {
  return not?.test(around) ?? false
}

function lastWord(text: string): string {
  return /[\w'`*-]*\s*$/.exec(text.slice(-24))?.[0] ?? ''
}

function firstWord(text: string): string {
  return /^\s*[\w'`*-]*/.exec(text.slice(0, 24))?.[0] ?? ''
}
