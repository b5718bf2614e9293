import { BlockScanner } from './block-scanner.ts'
import type { Blocks } from './blocks.ts'

/**
 * Finds headings, code, HTML and list boxes by the block rules of CommonMark with GitHub's tables and task lists, in
 * one pass and linear time. `from` skips the frontmatter; offsets and lines are those of the whole text. Agrees with
 * remark (test/markdown/blocks.test.ts) except that a reference definition must be complete on one line.
 */
export function scanBlocks(text: string, from = 0): Blocks {
  const scanner = new BlockScanner(text)
  let number = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < from; at = text.indexOf('\n', at + 1)) number++
  for (let start = from; start < text.length; number++) {
    const newline = text.indexOf('\n', start)
    const next = newline < 0 ? text.length : newline + 1
    let end = newline < 0 ? text.length : newline
    if (end > start && text.charCodeAt(end - 1) === 0x0d) end--
    scanner.scanLine(start, end, number)
    start = next
  }
  return scanner.finish()
}
