import fc from 'fast-check'
import { toString as textOf } from 'mdast-util-to-string'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import { visit } from 'unist-util-visit'
import { expect, test } from 'vitest'
import { formatMarkdown, markdownCode, markdownText } from '../../src/report/formats/markdown.ts'
import { printable } from '../../src/report/style.ts'
import { anyText, factsOf, MIXED, RUNS, row, unreadable } from './facts.ts'

const parse = (text: string) => remark().use(remarkGfm).parse(text)

function kindsOf(text: string): Set<string> {
  const kinds = new Set<string>()
  visit(parse(text), node => {
    kinds.add(node.type)
  })
  return kinds
}

const squeezed = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim()

test('a table of changes, then the findings with their fixes by change', () => {
  const text = formatMarkdown(MIXED)
  expect(text).toContain('❌ **1 finding must be fixed.** 5 changes: 1 critical, 2 warnings')
  expect(text).toContain('1 accepted suggestion, 1 pre-existing, 1 note. Compared with `origin/main`.')
  expect(text).toContain('| `add-billing` | ❌ FAIL | In Review | 1 | 1 | 0 | 1 | 0 |')
  expect(text).toContain('| `an-idea` | nothing to verify yet | Backlog |')
  expect(text).toMatch(
    /### `add-billing`\n\n- \*\*critical\*\* `openspec\/changes\/add-billing\/specs\/bill\/spec.md:12` /,
  )
  expect(text).toContain('- **suggestion** (accepted: one contract, split later)')
  expect(text.match(/\*\*Fix:\*\*/g)).toHaveLength(6)
  expect(kindsOf(text)).toContain('table')
})

test('nothing found is short', () => {
  expect(formatMarkdown(factsOf([row('a')]))).toBe(
    '## opsx verify\n\n✅ **Nothing has to be fixed.** 1 change: 0 critical, 0 warnings.\n\n' +
      '| change | decision | phase | critical | warning | suggestion | accepted | pre-existing |\n' +
      '|---|---|---|--:|--:|--:|--:|--:|\n| `a` | ✅ PASS | In Review | 0 | 0 | 0 | 0 | 0 |\n',
  )
})

test('a report of a thousand changes fits a comment, what fails first', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => row(`change-${index}`))
  rows.push(row('the-bad-one', { decision: 'fail', findings: Array(900).fill(unreadable('it is torn')) }))
  const text = formatMarkdown(factsOf(rows))
  expect(Buffer.byteLength(text)).toBeLessThan(65_536)
  expect(text).toMatch(/--:\|\n\| `the-bad-one`/)
  expect(text).toMatch(/and \d+ changes more\.\n/)
  expect(text).toMatch(/\d+ more findings: `opsx verify --all`/)
})

test('any text is shown as it is and does nothing', () => {
  fc.assert(
    fc.property(anyText, text => {
      const shown = parse(`- **x** ${markdownText(text)} end`)
      expect(squeezed(textOf(shown))).toBe(squeezed(`x ${printable(text)} end`.replaceAll('\u0000', '')))
      const kinds = kindsOf(`- **x** ${markdownText(text)} end`)
      expect([...kinds].sort()).toEqual(['list', 'listItem', 'paragraph', 'root', 'strong', 'text'])
      expect(textOf(shown)).not.toMatch(/@\w|#\d/)
    }),
    RUNS,
  )
})

test('any text fits a cell of a table as a code span', () => {
  fc.assert(
    fc.property(anyText, text => {
      const table = parse(`| a | b |\n|---|---|\n| ${markdownCode(text)} | end |`)
      const cells: string[] = []
      visit(table, 'tableCell', cell => {
        cells.push(textOf(cell))
      })
      expect(cells).toHaveLength(4)
      expect(cells[3]).toBe('end')
      if (printable(text).trim() !== '') expect(squeezed(cells[2] ?? '')).toBe(squeezed(printable(text)))
    }),
    RUNS,
  )
})
