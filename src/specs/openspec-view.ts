import type { SpecLine } from './spec-lines.ts'

/** A line that OpenSpec reads differently from CommonMark, so that its archive would drop or invent text. */
export interface Misreading {
  kind: 'fence' | 'comment'
  line: number
}

/** Lines that start a section, a requirement or an operation. */
const STRUCTURE = /^#{1,6}\s|^###\s*Requirement:|^\s*[-*+]?\s*(?:FROM|TO):|^\s*[-*+]\s*`?###\s*Requirement:/i

/**
 * Where OpenSpec misreads a file: a line that only OpenSpec reads as the start of a
 * fence, code that it reads as text, and a header inside a comment. One per run of lines, in order.
 */
export function misreadings(lines: readonly SpecLine[]): Misreading[] {
  const found: Misreading[] = []
  let opener = 0
  let isReported = false
  let previous: SpecLine | undefined
  for (const line of lines) {
    const opens = line.masked && !previous?.masked
    if (opens) opener = line.number
    if (opens || line.hidden !== previous?.hidden) isReported = false
    previous = line
    if (line.indented || line.text.trim() === '' || isReported) continue
    const structural = STRUCTURE.test(line.text)
    const isFence = line.masked
      ? line.hidden === null || (line.hidden === 'comment' && structural)
      : line.hidden === 'fence'
    const isComment = !line.masked && line.hidden === 'comment' && structural
    if (!isFence && !isComment) continue
    found.push({ kind: isFence ? 'fence' : 'comment', line: line.masked ? opener : line.number })
    isReported = true
  }
  return found.filter((each, index) => each.line !== found[index - 1]?.line)
}
