import type { NumberToken } from '../numbers/number-token.ts'
import type { TextRange } from '../numbers/scan-numbers.ts'
import { BETWEEN, type CompiledWording } from './compile-wording.ts'

/** How far a wording may be from its number, in characters. */
const REACH = 80
/** Between a number and its noun these begin something else: `14 files and checks`. */
const STOP =
  /(?:^|\s)(?:and|or|of|in|for|with|to|from|at|on|by|that|is|are|was|were|the|an?|per|per-[\w-]+|new|more|other|additional|extra|further|fewer|added|removed|remaining|\d\S*)\s/i
/** Words between a lead and a number that make the number its value. */
const LINK =
  /(?:^|\b(?:is|are|be|at|to|of|stays?|remains?|equals?|reaches|totals?|counts?|holds?|only|exactly|now)\s+|[:=→>]\s*)(?:exactly |only |now |still |about |roughly |invariant at )?[*_`~≈]*$/i

/** A number in its line. `earlier` are the numbers before it on the line. */
export interface PlacedNumber {
  text: string
  token: NumberToken
  line: Pick<TextRange, 'start' | 'end'>
  earlier: NumberToken[]
}

/** Whether a number is beside a figure's noun or lead, and not beside a word that makes it another set. */
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

/** Whether the text between a lead and the number makes the number its value. */
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
