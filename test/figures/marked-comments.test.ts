import { expect, it } from 'vitest'
import { withoutFigureComments } from '../../src/figures/bindings/marked-comments.ts'

it.each([
  ['it holds 14 checks <!-- fig: checks=14 -->\nmore\n', 'it holds 14 checks\nmore\n'],
  ['<!-- fig: checks=14 -->\n- 14 checks\n', '- 14 checks\n'],
  ['a <!-- fig: a=1 --> b <!-- gate: b=2 -->\r\n', 'a b\r\n'],
  ['write `<!-- fig: a=1 -->`\n', 'write `<!-- fig: a=1 -->`\n'],
  ['<!-- a note -->\ntext\n', '<!-- a note -->\ntext\n'],
  ['<!-- fig: a=1 -->', ''],
])('takes out of %j what only opsx reads', (text, kept) => {
  expect(withoutFigureComments(text)).toBe(kept)
})
