import type { SpecLine } from './spec-lines.ts'

/** A line where OpenSpec's reading leaves CommonMark's, so that its archive would drop or invent text. */
export interface Misreading {
  kind: 'fence' | 'comment'
  line: number
}

/** What decides over requirements and operations when it is read as text. */
const STRUCTURE = /^#{1,6}\s|^###\s*Requirement:|^\s*[-*+]?\s*(?:FROM|TO):|^\s*[-*+]\s*`?###\s*Requirement:/i

/**
 * Where OpenSpec misreads a file: the line that opens a fence for it alone, code that it takes for text, and a header
 * inside a comment. One per stretch, in order (OPENSPEC: defects 2, 3 and 4).
 */
export function misreadings(lines: readonly SpecLine[]): Misreading[] {
  const found: Misreading[] = []
  let opener = 0
  let told: SpecLine['hidden'] | 'swallowed' = null
  let previous: SpecLine | undefined
  for (const line of lines) {
    const opens = line.masked && !previous?.masked
    if (opens) opener = line.number
    if (opens || line.hidden !== previous?.hidden) told = null
    previous = line
    if (line.indented || line.text.trim() === '' || told !== null) continue
    const structural = STRUCTURE.test(line.text)
    if (line.masked && (line.hidden === null || (line.hidden === 'comment' && structural))) {
      found.push({ kind: 'fence', line: opener })
      told = 'swallowed'
    } else if (!line.masked && line.hidden === 'fence') {
      found.push({ kind: 'fence', line: line.number })
      told = 'fence'
    } else if (!line.masked && line.hidden === 'comment' && structural) {
      found.push({ kind: 'comment', line: line.number })
      told = 'comment'
    }
  }
  return found.filter((each, index) => each.line !== found[index - 1]?.line)
}
