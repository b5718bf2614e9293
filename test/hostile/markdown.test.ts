import { expect, it } from 'vitest'
import { firstBlock, listItems } from '../../src/markdown/excerpts.ts'

const nested = (levels: number) =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(2 * level)}- item ${level}\n`).join('')

it('lists nested thousands of levels deep are cut where no reader could follow them', () => {
  const text = `- first\n- second\n${nested(5_000)}`
  expect(listItems(text).split('\n').slice(0, 2)).toEqual(['- first', '- second'])
  expect(firstBlock(text)).toContain('item 20')
  expect(firstBlock(text)).not.toContain('item 100')
})

it.each([
  ['quotes', '>'.repeat(100_000)],
  ['dashes', '- '.repeat(100_000)],
  ['backticks', Array.from({ length: 3_000 }, (_, run) => `${'`'.repeat(run + 1)} `).join('')],
  ['brackets', '['.repeat(100_000)],
])('%s of a hostile text do not keep the text before them from being read', (_, text) => {
  expect(firstBlock(`The first paragraph.\n\n${text}\n`)).toBe('The first paragraph.')
})

it('a list of five levels is whole', () => {
  expect(firstBlock(nested(5))).toBe(nested(5).trim())
})
