import { textField } from '../change/field.ts'
import { finding, type Severity } from '../findings/finding.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'
import { placeIn, type VerifyFacts } from './facts.ts'
import { reviewerSections } from './reviewer-section.ts'
import type { Judged } from './verification.ts'

const ITEM =
  /^[ \t]*[-*+][ \t]+(?:\*\*|__)?(CRITICAL|WARNING|SUGGESTION)(?:\*\*|__)?[ \t]*(?:\((.*?)\))?[ \t]*(?:\*\*|__)?[ \t]*:(?:\*\*|__)?(.*)$/i

/** One line of the reviewer's section. */
export interface ReviewerItem {
  severity: Severity
  text: string
  /** The reason of an accepted suggestion; null for an item that counts. */
  accepted: string | null
  /** 1-based line of the report. */
  line: number
}

/** The reviewer's findings in the verify report of the change. */
export function reviewerFindings(facts: VerifyFacts): Judged[] {
  const file = facts.change.verifyReport.file ?? 'verify.md'
  return parseReviewerItems(facts.texts.get(file) ?? '').map(({ severity, text, accepted, line }) => ({
    dimension: 'correctness',
    finding: finding('review/finding', severity, { text }, placeIn(facts, file, line)),
    accepted,
  }))
}

/**
 * Lines `- CRITICAL|WARNING|SUGGESTION: …` of the reviewer's section. Skips code, comments, HTML, and empty
 * lines such as `- CRITICAL: none`. `(carried: reason)` accepts a suggestion, but no other severity.
 */
export function parseReviewerItems(verify: string): ReviewerItem[] {
  const sections = reviewerSections(verify)
  if (sections.length === 0) return []
  const hidden = new Set<number>()
  for (const { line, endLine } of scanBlocks(verify).regions) {
    for (let number = line; number <= endLine; number++) hidden.add(number)
  }
  return sections.flatMap(({ start, end }) => {
    const first = verify.slice(0, start).split('\n').length
    const lines = verify.slice(start, end).split('\n')
    return lines.flatMap((line, index) => {
      const item = hidden.has(first + index) ? null : parseItem(line.trimEnd())
      return item ? [{ ...item, line: first + index }] : []
    })
  })
}

function parseItem(line: string): Omit<ReviewerItem, 'line'> | null {
  const [, word = '', aside, rest = ''] = ITEM.exec(line) ?? []
  if (word === '' || !/[\p{L}\p{N}]/u.test(rest)) return null
  if (textField(rest.replace(/[.!…]+\s*$/, '')) === null) return null
  const severity = word.toLowerCase() as 'critical' | 'warning' | 'suggestion'
  const reason = /^\s*carried\s*:(.*)$/i.exec(aside ?? '')?.[1]
  const text = aside !== undefined && reason === undefined ? `(${aside}) ${rest.trim()}` : rest.trim()
  return { severity, text, accepted: severity === 'suggestion' ? textField(reason) : null }
}
