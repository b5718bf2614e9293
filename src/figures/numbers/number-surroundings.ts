import type { NumberToken } from './number-token.ts'

/** Goes on as a version, date, time or range: `14.2.0`, `2026-03-01`, `10:12`, `5-9`, `1/2/3`. */
const CHAIN = /(?:(?:\.\.?|[-–—:/])\d[\w.]*)+/y
const FRACTION = /\/\d+(?:[,_]\d{3})*(?![\w/])/y
/** Goes on as a file name: `14.md`, `14-checks.json`. */
const FILE_NAME = /(?:-[\w-]*)?\.[A-Za-z]\w*/y
const PATH = /\/[\w.-]*[/.]\w/y
/** A letter that is no unit makes it an id or an ordinal: `4b`, `2nd`, `5f1c2ab`. */
const UNIT = /(?:x|×|[mnuµ]?s|min|h|[kKMGT]i?B|B|px)(?![A-Za-z0-9_])/y
const WORD = /[A-Za-z0-9_]+/y

const REJECTING = new Set(['.', '#', '$', '@', '^', '%', '\\', '§', '_'])
const REFERENCE =
  /(?:^|[^\w-])(?:tasks?|sections?|steps?|phases?|chapters?|stages?|versions?|node|lines?|issues?|pr|rfc|ports?|appendix|pages?|rounds?|levels?|codes?|status|milestones?|decisions?|weeks?|days?)\s+(?:\d[\w.]*(?:,?\s+(?:and|or|to|through)\s+|,\s*))*$/i
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
const AFTER_MONTH = new RegExp(`\\b${MONTH}\\.?\\s(?:\\d{1,2},\\s)?$`)
const BEFORE_MONTH = new RegExp(`\\s${MONTH}\\b`, 'y')
/** Up to a list marker or the id of a heading or box; the group is there for the two that have ids. */
const LINE_START = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(#{1,6}\s+|\[.?\]\s+)?[*_`]*$/
const LONGEST_PREFIX = 40
const SIGNED = /(?:^|[\s(|=<>])[-−]$/

/**
 * Offset behind what a digit begins that is not a plain number but goes on as something else; `end`, the offset behind
 * the number, when it is one.
 */
export function endOfOther(text: string, start: number, end: number): number {
  const next = text.charCodeAt(end)
  if (isLetterOrUnderscore(next)) return matchEnd(UNIT, text, end) >= 0 ? end : matchEnd(WORD, text, end)
  const fraction = matchEnd(FRACTION, text, end)
  if (fraction >= 0 && text.charAt(start - 1) !== '/') return end
  const others = [CHAIN, FILE_NAME, PATH].map(pattern => matchEnd(pattern, text, end))
  return Math.max(end, ...others)
}

/** Whether the text around digits leaves them a number: then its sign (`-` or nothing), else null. */
export function signOfNumber(
  text: string,
  { start, end }: { start: number; end: number },
  previous: NumberToken | undefined,
): '-' | '' | null {
  const before = text.charAt(start - 1)
  if (REJECTING.has(before) || (before === '[' && text.charAt(end) === ']')) return null
  if (isReference(text, start, end) || isMarker(text, start, end)) return null
  if (before === '-' || before === '−' || before === '–' || before === '—') {
    return SIGNED.test(text.slice(Math.max(0, start - 2), start)) ? '-' : before === '—' ? '' : null
  }
  if (before === ':') return /\w:/.test(text.slice(Math.max(0, start - 2), start)) ? null : ''
  if (before === '/') return goesOnFrom(text, start, previous) ? '' : null
  if (before === '=' || before === '?' || before === '&') return isInUrl(text, start) ? null : ''
  return ''
}

function isReference(text: string, start: number, end: number): boolean {
  if (!/\s/.test(text.charAt(start - 1))) return false
  const before = text.slice(Math.max(0, start - 40), start)
  return REFERENCE.test(before) || AFTER_MONTH.test(before) || matchEnd(BEFORE_MONTH, text, end) >= 0
}

/** `1.` at the start of a line, and `1.3` behind a box or the marks of a heading. */
function isMarker(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_PREFIX), start)
  const lineStart = before.lastIndexOf('\n') + 1
  if (lineStart === 0 && before.length === LONGEST_PREFIX) return false
  const prefix = LINE_START.exec(before.slice(lineStart))
  if (!prefix) return false
  if (/[.):]/.test(text.charAt(end)) && /^(?:\s|$)/.test(text.slice(end + 1, end + 2))) return true
  return prefix[1] !== undefined && text.slice(start, end).includes('.') && /[\s*`]/.test(text.charAt(end))
}

/** The second half of `13/504` and of `933-passed/5-ignored`. */
function goesOnFrom(text: string, start: number, previous: NumberToken | undefined): boolean {
  if (!previous || start - previous.end > 40) return false
  return /^(?:[- ][A-Za-z]+)?\/$/.test(text.slice(previous.end, start))
}

function isInUrl(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start)
  return /:\/\/\S*$/.test(before)
}

function isLetterOrUnderscore(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    (code >= 0xc0 && code < 0x2000)
  )
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
