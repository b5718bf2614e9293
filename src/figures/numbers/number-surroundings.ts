import type { NumberToken } from './number-token.ts'

/** Continues as a version, date, time or range: `14.2.0`, `2026-03-01`, `10:12`, `5-9`, `1/2/3`. */
const CHAIN = /(?:(?:\.\.?|[-–—:/])\d[\w.]*)+/y
const FRACTION = /\/\d+(?:[,_]\d{3})*(?![\w/])/y
/** Continues as a file name: `14.md`, `14-checks.json`. */
const FILE_NAME = /(?:-[\w-]*)?\.[A-Za-z]\w*/y
const PATH = /\/[\w.-]*[/.]\w/y
/** Units. Other letters after digits make an id or an ordinal: `4b`, `2nd`, `5f1c2ab`. */
const UNIT = /(?:x|×|[mnuµ]?s|min|h|[kKMGT]i?B|B|px)(?![A-Za-z0-9_])/y
const WORD = /[A-Za-z0-9_]+/y

const REJECTING = new Set(['.', '#', '$', '@', '^', '%', '\\', '§', '_'])
const REFERENCE =
  /(?:^|[^\w-])(?:tasks?|sections?|steps?|phases?|chapters?|stages?|versions?|node|lines?|issues?|pr|rfc|ports?|appendix|pages?|rounds?|levels?|codes?|status|milestones?|decisions?|weeks?|days?)\s+(?:\d[\w.]*(?:,?\s+(?:and|or|to|through)\s+|,\s*))*$/i
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
const AFTER_MONTH = new RegExp(`\\b${MONTH}\\.?\\s(?:\\d{1,2},\\s)?$`)
const BEFORE_MONTH = new RegExp(`\\s${MONTH}\\b`, 'y')
/** Text before a list marker or an id. The group matches a heading or a task, which may have an id. */
const LINE_START = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(#{1,6}\s+|\[.?\]\s+)?[*_`]*$/
const LONGEST_PREFIX = 40
const SIGNED = /(?:^|[\s(|=<>])[-−]$/

/**
 * Digits may continue as something else, such as a version or a path. Returns the offset after all of it, or `end` when the
 * digits are a plain number that ends there.
 */
export function endOfOther(text: string, start: number, end: number): number {
  if (/[A-Za-z_\u00c0-\u1fff]/.test(text.charAt(end)))
    return matchEnd(UNIT, text, end) >= 0 ? end : matchEnd(WORD, text, end)
  const fraction = matchEnd(FRACTION, text, end)
  if (fraction >= 0 && text.charAt(start - 1) !== '/') return end
  const others = [CHAIN, FILE_NAME, PATH].map(pattern => matchEnd(pattern, text, end))
  return Math.max(end, ...others)
}

/** The sign of a number (`-` or empty). Null when the text around the digits shows that they are not a number. */
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
  if (before === '/') return continues(text, start, previous) ? '' : null
  if (before === '=' || before === '?' || before === '&') return isInUrl(text, start) ? null : ''
  return ''
}

function isReference(text: string, start: number, end: number): boolean {
  if (!/\s/.test(text.charAt(start - 1))) return false
  const before = text.slice(Math.max(0, start - 40), start)
  return REFERENCE.test(before) || AFTER_MONTH.test(before) || matchEnd(BEFORE_MONTH, text, end) >= 0
}

/** Whether digits are a list marker (`1.`), or the id of a task or heading (`1.3`). */
function isMarker(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_PREFIX), start)
  const lineStart = before.lastIndexOf('\n') + 1
  if (lineStart === 0 && before.length === LONGEST_PREFIX) return false
  const prefix = LINE_START.exec(before.slice(lineStart))
  if (!prefix) return false
  if (/[.):]/.test(text.charAt(end)) && /^(?:\s|$)/.test(text.slice(end + 1, end + 2))) return true
  return prefix[1] !== undefined && text.slice(start, end).includes('.') && /[\s*`]/.test(text.charAt(end))
}

/** Whether a number is the second half of `13/504` or `933-passed/5-ignored`. */
function continues(text: string, start: number, previous: NumberToken | undefined): boolean {
  if (!previous || start - previous.end > 40) return false
  return /^(?:[- ][A-Za-z]+)?\/$/.test(text.slice(previous.end, start))
}

function isInUrl(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 200), start)
  return /:\/\/\S*$/.test(before)
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
