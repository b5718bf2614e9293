import type { NumberToken } from '../numbers/number-token.ts'
import type { PlacedNumber } from './is-beside-wording.ts'

/** Maximum distance between a number and the ends of its clause, in characters. */
const REACH = 2_000
const CLAUSE_END = /[.;!?](?=\s|$)|\s[—–]\s|[()]/g
const HISTORY =
  /\b(?:earlier|previous(?:ly)?|former(?:ly)?|original(?:ly)?|initial(?:ly)?|prior|used to|no longer|was|were|had|said|says|claim(?:s|ed)|at that point|back then|as of|entered|retracted|rejected|superseded)\b/i
const PART_AFTER = /^\s*(?:[\w'-]+\s+)?of\s+(?:the|all|its|their|these|those|\d)/i
const WHOLE_BEFORE = /\bof\s+(?:the\s+|all\s+|these\s+|those\s+)*$/i
const PART_BEFORE =
  /\b(?:first|last|next|other|another|remaining|each|every|per|up to|at least|at most|more than|fewer than|less than|under|above|below|within)\s+$/i
const ADDEND_BEFORE = /(?:[+−]\s*|\bplus\s+)$/i
const ADDEND_AFTER = /^[^.;,()=]{0,40}?\s(?:\+\s|plus\s+(?:the\s+)?\d)/i
const CHANGED =
  /\b(?:add|remov|delet|drop|mov|renam|creat|introduc|gain|los)(?:e|es|ed|s|p?ped|p?ping|ing)?\s+(?:the\s+|all\s+|another\s+)?$/i
const NEGATED = /\b(?:not|instead of|rather than)\s+(?:the\s+|all\s+)?$/i

/**
 * Whether a number states the current value of the figure that the words around it describe. It does not in a sentence
 * about the past, in a quote, as a part of a whole or of a sum, or as an amount that is added or removed.
 */
export function isCurrentClaim({ text, token, line, earlier }: PlacedNumber): boolean {
  const before = text.slice(Math.max(line.start, token.start - REACH), token.start)
  const after = text.slice(token.end, Math.min(line.end, token.end + REACH))
  if (token.progression === 'start' || isQuoted(before, after)) return false
  const clause = clauseAround(before, after)
  return !(
    HISTORY.test(`${clause.before} ${clause.after}`) ||
    isPart(text, earlier, token.start - clause.before.length) ||
    PART_BEFORE.test(before) ||
    PART_AFTER.test(after) ||
    ADDEND_BEFORE.test(before) ||
    ADDEND_AFTER.test(clause.after) ||
    CHANGED.test(before) ||
    NEGATED.test(before)
  )
}

/** Whether the number is inside double quotes or in a block quote. */
function isQuoted(before: string, after: string): boolean {
  if (/^\s*>/.test(before)) return true
  if (before.lastIndexOf('“') > before.lastIndexOf('”') && after.includes('”')) return true
  return (before.split('"').length - 1) % 2 === 1 && after.includes('"')
}

/** In `of the 13 probes, 4 probes`, the 4 counts a part of the 13. */
function isPart(text: string, earlier: NumberToken[], clauseStart: number): boolean {
  return earlier.some(
    ({ start }) =>
      start >= clauseStart && WHOLE_BEFORE.test(text.slice(Math.max(clauseStart, start - 24), start)),
  )
}

function clauseAround(before: string, after: string): { before: string; after: string } {
  let from = 0
  for (const match of before.matchAll(CLAUSE_END)) from = match.index + match[0].length
  CLAUSE_END.lastIndex = 0
  const end = CLAUSE_END.exec(after)?.index ?? after.length
  return { before: before.slice(from), after: after.slice(0, end) }
}
