import { describe, expect, it } from 'vitest'
import { commonmarkOutline, departuresIn } from '../support/commonmark-blocks.ts'
import { remarkOutline, scannedOutline } from '../support/remark-blocks.ts'

type Line = [text: string, remark: string[], commonmark: string[]]

/** Headings as `line:depth text` and boxes as `line:checked`. */
const told = ({ headings, boxes }: { headings: string[]; boxes: string[] }) => [...headings, ...boxes]

function follows(name: string, lines: Line[]): void {
  it.each(lines)('%j', (text, remark, commonmark) => {
    expect(told(remarkOutline(text))).toEqual(remark)
    expect(told(commonmarkOutline(text))).toEqual(commonmark)
    expect(scannedOutline(text)).toEqual(commonmarkOutline(text))
    expect(departuresIn(text)).toEqual([name])
  })
}

describe('CommonMark 0.31.2, 5.2 rule 1: the number 1 is asked for when an item interrupts a paragraph; remark asks the list within that item too', () => {
  follows('a list in an item that interrupts a paragraph', [
    ['text\n- 2. # Heading\n', [], ['2:1 Heading']],
    ['text\n1. 2. # Heading\n', [], ['2:1 Heading']],
    ['text\n- 2. [x] task\n', [], ['2:true']],
  ])
})

describe('CommonMark 0.31.2, 4.4 and 5.2 rule 1: indented code is no paragraph, so any list may follow it; remark asks for the number 1 and for content', () => {
  follows('a list behind indented code', [
    ['    code\n2. # Heading\n', [], ['2:1 Heading']],
    ['    code\n2. [ ] task\n', [], ['2:false']],
    ['    code\n-\n  [x] task\n', [], ['3:true']],
  ])
})

describe('CommonMark 0.31.2, 4.6: a tag alone on a line cannot interrupt a paragraph, a lazy line of it included (5.1); remark begins an HTML block', () => {
  follows('a tag alone on a lazy line', [
    ['- text\n<b>\n  # Heading\n', [], ['3:1 Heading']],
    ['> text\n<b>\n> # Heading\n', [], ['3:1 Heading']],
  ])
})

it('all three agree on texts without such a departure', () => {
  const text = 'text\n- # Heading\n\n    code\n1. [x] task\n\ntext\n<b>\n# Other\n'
  expect(scannedOutline(text)).toEqual(remarkOutline(text))
  expect(scannedOutline(text)).toEqual(commonmarkOutline(text))
})
