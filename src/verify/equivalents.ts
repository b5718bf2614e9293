import { headingsOf } from '../markdown/sections.ts'

export interface Equivalent {
  /** The deferred manual check, as written in the row. */
  check: string
  /** The automated test that replaces it; empty when the row names none. */
  test: string
}

/** Rows of section 7 of a verify report: deferred manual check, equivalent automated test. */
export function equivalentsOf(verify: string): Equivalent[] {
  const headings = headingsOf(verify)
  const index = headings.findIndex(({ text }) => /^7\.\s/.test(text))
  const heading = headings[index]
  if (!heading) return []
  const section = verify.slice(heading.end, headings[index + 1]?.offset ?? verify.length)
  const rows = section
    .split('\n')
    .filter(line => /^\s*\|.*\|\s*$/.test(line) && !/^\s*\|[\s:|-]+\|\s*$/.test(line))
  return rows.slice(1).map(row => {
    const cells = row
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map(cell => cell.trim())
    const test = cells[1] ?? ''
    return { check: cells[0] ?? '', test: /^(?:[-–—]|tbd|none|n\/a|)$/i.test(test) ? '' : test }
  })
}

/** True when a row names this check. Only letters and digits are compared; the row may leave out the id. */
export function isEquivalent(row: string, { id, text }: { id: string | null; text: string }): boolean {
  const named = bare(row)
  return named !== '' && (named === bare(text) || named === bare(`${id ?? ''}${text}`))
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}
