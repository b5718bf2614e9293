import { BlockScanner } from './block-scanner.ts'
import type { Blocks } from './blocks.ts'

/**
 * Finds headings, code, HTML and list boxes by the block rules of CommonMark with GitHub's tables and task lists, in
 * one pass and linear time. `from` skips the frontmatter; offsets and lines are those of the whole text. Agrees with
 * remark (test/markdown/blocks.test.ts) except that a reference definition must be complete on one line.
 */
export function scanBlocks(text: string, from = 0): Blocks {
  const scanner = new BlockScanner(text)
  let line = 1
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start)
    const lineEnd = newline < 0 ? text.length : newline
    const end = lineEnd > start && text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
    if (start >= from) scanner.scanLine({ start, end, line })
    start = lineEnd + 1
  }
  return scanner.finish()
}
