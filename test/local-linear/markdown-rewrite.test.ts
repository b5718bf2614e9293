import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rewriteMarkdown } from '../../src/local-linear/markdown-rewrite.ts'

test.each([
  ['bullets become asterisks, at every depth', '- a\n  - b\n+ c', '* a\n  * b\n* c'],
  ['links get angle brackets', 'see [a](https://x.test), [b](u)', 'see [a](<https://x.test>), [b](<u>)'],
  ['runs of blank lines collapse', 'a\n\n \n\nb', 'a\n\nb'],
  ['blank ends and trailing spaces go', '\n\na  \n\n', 'a'],
  ['line ends are line feeds', 'a\r\nb', 'a\nb'],
  ['fenced code stays', '~~~\n- a\n\n\n[a](u)\n~~~', '~~~\n- a\n\n\n[a](u)\n~~~'],
  ['code in a line stays', 'x `[a](u)` [b](u)', 'x `[a](u)` [b](<u>)'],
])('%s', (_, sent, kept) => {
  expect(rewriteMarkdown(sent)).toBe(kept)
})

test('what was rewritten once is not rewritten again', () => {
  const piece = fc.constantFrom(
    '- a',
    '  + b',
    '* c',
    '[a](u)',
    '```',
    '~~~',
    '',
    '  ',
    '`x`',
    'text  ',
    '\r',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), lines => {
      const once = rewriteMarkdown(lines.join('\n'))
      expect(rewriteMarkdown(once)).toBe(once)
    }),
    { seed: 7, numRuns: process.env.OPSX_LONG ? 20_000 : 300 },
  )
})
