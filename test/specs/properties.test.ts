import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeDelta } from '../../src/specs/merging/merge.ts'
import { parseDelta } from '../../src/specs/parse-delta.ts'
import { parseSpec } from '../../src/specs/parse-spec.ts'
import { validateDelta } from '../../src/specs/validate-delta.ts'
import { validateSpec } from '../../src/specs/validate-spec.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'
import { generatedCase } from '../support/generated-specs.ts'
import { findingsOf } from './specs.ts'

const RUNS = { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 7 }

const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const texts = fc.oneof(
  generatedMarkdown,
  seeds.map(seed => generatedCase(seed).delta),
  seeds.map(seed => generatedCase(seed).main ?? ''),
  fc.string({ unit: 'grapheme' }),
)

test('any text is read, and every finding has a line of it', () => {
  fc.assert(
    fc.property(texts, texts, (delta, main) => {
      const lines = { delta: delta.split('\n').length, main: main.split('\n').length }
      for (const { line } of validateDelta(parseDelta(delta), 'delta')) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.delta)
      }
      for (const { line } of validateSpec(parseSpec(main), 'main')) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines.main)
      }
      findingsOf(delta, main)
      mergeDelta(parseDelta(delta), parseSpec(main))
    }),
    RUNS,
  )
})

test('every range of a requirement is the text of that requirement', () => {
  fc.assert(
    fc.property(texts, text => {
      const spec = parseSpec(text)
      const delta = parseDelta(text)
      for (const each of [...spec.requirements, ...delta.added, ...delta.modified]) {
        const source = text.slice(each.start, each.end)
        expect(source).toMatch(/^###\s*Requirement:/i)
        expect(source.trimEnd()).toBe(source)
        expect(text.slice(0, each.start).split('\n').length).toBe(each.line)
        for (const scenario of each.scenarios) {
          expect(text.slice(scenario.start, scenario.end)).toMatch(/^####\s/)
          expect(scenario.end).toBeLessThanOrEqual(each.end)
        }
      }
    }),
    RUNS,
  )
})

test('an odd text of a megabyte is read in linear time', () => {
  const block = '### Requirement: A\n\n#### Scenario: B\n\n<!-- x\n```\n- **WHEN** c\n-->\n'
  const text = `## ADDED Requirements\n\n${block.repeat(15_000)}`
  expect(parseDelta(text).added.length).toBeGreaterThan(0)
  expect(parseDelta(`<!--${'-'.repeat(1_000_000)}`).added).toEqual([])
  expect(
    parseDelta(`## ADDED Requirements\n### Requirement: A\n${'#### '.repeat(100_000)}`).added,
  ).toHaveLength(1)
})
