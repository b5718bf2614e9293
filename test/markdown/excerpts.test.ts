import { expect, test } from 'vitest'
import { firstBlock, listItems } from '../../src/markdown/excerpts.ts'

test('the first block is whole, without headings and comments', () => {
  expect(firstBlock('<!-- note -->\n\n### Why\n\nA **b** <!-- c -->d\ngoes on.\n\nMore.')).toBe(
    'A **b** d\ngoes on.',
  )
  expect(firstBlock('```\na\n\nb\n```\n\nText')).toBe('```\na\n\nb\n```')
  expect(firstBlock('')).toBe('')
})

test('list items are those of Markdown, not lines that look like them', () => {
  expect(listItems('- one\n  goes on\n  - below\n- [ ] two <!-- x -->\n\n```\n- code\n```\n\n1. three')).toBe(
    '- one goes on\n- [ ] two\n- three',
  )
})
