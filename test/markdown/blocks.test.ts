import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanBlocks } from '../../src/markdown/scan-blocks.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'
import { remarkOutline, scannedOutline } from '../support/remark-blocks.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 50_000 : 1_000, seed: 42 }
const size = process.env.OPSX_LONG ? 10_000_000 : 1_000_000

describe('scanBlocks agrees with remark', () => {
  const cases: [string, string][] = [
    ['a fence closed only by one as long', '````md\n```\n# no\n````\n# yes\n'],
    ['an info string with a backtick opens no fence', '``` a`b\n# yes\n'],
    ['a fence in a list item ends with the item', '- text\n  ```\n  # no\n\n# yes\n'],
    ['a fence indented by four columns is no fence', '    ```\n# yes\n    ```\n'],
    ['a fence never closed', '~~~\n# no\n```\n'],
    ['a closing fence with text behind it closes nothing', '```\n# no\n``` end\n# no\n```\n# yes\n'],
    ['a comment over several lines', '<!--\n# no\n\n- [ ] no\n-->\n# yes\n'],
    ['a comment within a line', 'a <!-- b\n\n# yes\n'],
    ['a comment left open', '<!-- x\n\n# no\n'],
    ['the shortest comment', '<!-->\n# yes\n'],
    ['raw HTML up to a blank line', '<div>\n# no\n\n# yes\n</div>\n'],
    ['headings of both kinds', 'Title\n===\n\nPart\n---\n\n### Three ###\n####### seven\n#no\n'],
    ['a table takes the line of equals signs', '| a | b |\n|---|---|\n| c | d |\n===\n'],
    ['boxes of every marker', '- [ ] a\n* [x] b\n+ [X] c\n1. [ ] d\n1) [x] e\n- [ ]\n- [y] f\n- [x](url)\n'],
    ['boxes in quotes and in lists of lists', '> - [ ] a\n\n- - [x] b\n'],
    ['tabs', '-\t[ ] a\n\t- [x] b\n\n\t\t# no\n'],
    ['CRLF', '# One\r\n\r\n```\r\n# no\r\n```\r\n- [x] a\r\n'],
    ['a list numbered two does not interrupt text', 'text\n2. [ ] no\n\n2. [ ] yes\n'],
    ['text that goes on lazily', '> - a\nb\n===\n'],
  ]
  it.each(cases)('%s', (_, text) => {
    expect(scannedOutline(text)).toEqual(remarkOutline(text))
  })

  it('on generated Markdown', () => {
    fc.assert(
      fc.property(generatedMarkdown, text => {
        expect(scannedOutline(text)).toEqual(remarkOutline(text))
      }),
      runs,
    )
  })
})

it('gives offsets and lines of the whole text when it starts after the frontmatter', () => {
  const text = '---\na: 1\n---\n\n# Head #\n  - [x] done\n'
  const { headings, boxes } = scanBlocks(text, text.indexOf('\n# Head'))
  expect(headings).toEqual([{ depth: 1, text: 'Head', line: 5, offset: 14, end: 22, nested: false }])
  expect(boxes).toMatchObject([{ line: 6, indent: 2, marker: 'x', hidden: null, task: true }])
  expect(text.slice(boxes[0]?.offset, boxes[0]?.after)).toBe('x]')
})

it('reports which block hides a box', () => {
  const text = '- [ ] a\n```\n- [ ] b\n```\n<!--\n- [ ] c\n-->\n> - [ ] d\n<div>\n- [ ] e\n'
  expect(scanBlocks(text).boxes.map(box => box.hidden)).toEqual([null, 'fence', 'comment', 'container', null])
})

it('never throws, and every offset lies in order within the text', () => {
  const piece = fc.oneof(
    generatedMarkdown,
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\r', '\r\n', '\0'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), pieces => {
      const text = pieces.join('')
      const { headings, regions, boxes } = scanBlocks(text)
      const starts = [
        headings.map(each => each.offset),
        regions.map(each => each.start),
        boxes.map(each => each.offset),
      ]
      for (const offsets of starts) {
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
        expect(offsets.every(offset => offset >= 0 && offset <= text.length)).toBe(true)
      }
    }),
    runs,
  )
})

it('takes linear time on megabytes of one thing', () => {
  const units = [
    '- [ ] a\n',
    '> ',
    '- ',
    '```\n',
    '<!-- ',
    '<b ',
    '[',
    '|',
    '\t',
    '# a\n',
    '1. a\n\n',
    '[a]: b "',
    'a\n',
    '<!--\n-->\n',
    '`',
    '- [',
  ]
  for (const unit of units) {
    scanBlocks(unit.repeat(size / unit.length))
    scanBlocks(`${unit.repeat(size / unit.length)}x\n`)
  }
})
