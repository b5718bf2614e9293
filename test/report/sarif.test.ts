import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExplanations } from '../../src/findings/explanations.ts'
import { type Finding, finding } from '../../src/findings/finding.ts'
import { formatSarif } from '../../src/report/formats/sarif.ts'
import type { ReportedFacts } from '../../src/verify/reported-facts.ts'
import { anyText, factsOf, MIXED, RUNS, reported, row, unreadable } from './facts.ts'

const require = createRequire(import.meta.url)
const readJson = (path: string) => JSON.parse(readFileSync(require.resolve(path), 'utf8'))

const explanations = readExplanations(path =>
  readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8'),
)

const ajv = new Ajv({ schemaId: 'auto', meta: false })
ajv.addMetaSchema(readJson('ajv/lib/refs/json-schema-draft-04.json'))
const validate = ajv.compile(readJson('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

function sarifOf(facts: ReportedFacts) {
  const log = JSON.parse(formatSarif(facts, explanations))
  validate(log)
  expect(validate.errors ?? []).toEqual([])
  return log.runs[0]
}

const at = (found: Finding) => sarifOf(factsOf([row('a', { findings: [reported(found)] })])).results[0]

test('findings of every kind are a valid log', () => {
  const run = sarifOf(MIXED)
  expect(run.tool.driver).toMatchObject({ name: 'opsx', version: '1.2.3' })
  expect(run.results.map((result: { level: string }) => result.level)).toEqual([
    'error',
    'warning',
    'note',
    'error',
    'note',
    'warning',
  ])
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  expect(run.results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'openspec/changes/add-billing/specs/bill/spec.md' },
    region: { startLine: 12, startColumn: 3 },
  })
  expect(run.results[2].suppressions).toEqual([
    { kind: 'external', justification: 'one contract, split later' },
  ])
})

test('a rule is explained as opsx explain does', () => {
  const rule = sarifOf(MIXED).tool.driver.rules[0]
  const { means = '', fix = '' } = explanations.find(({ code }) => code === 'delta/not-found') ?? {}
  expect(fix).not.toBe('')
  expect(rule).toMatchObject({ id: 'delta/not-found', shortDescription: { text: means } })
  expect(rule.help.text).toContain(fix)
})

test('nothing found is a valid log without results', () => {
  expect(sarifOf(factsOf([row('a')])).results).toEqual([])
})

test('new and pre-existing are distinguished only when a reference was given', () => {
  const states = (facts: ReportedFacts) =>
    sarifOf(facts).results.map((result: { baselineState?: string }) => result.baselineState)
  expect(states(MIXED)).toEqual(['new', 'new', 'new', 'unchanged', 'new', 'new'])
  expect(states({ ...MIXED, against: null })).toEqual(Array(6).fill(undefined))
})

test('every result has a file, because code scanning refuses a log otherwise', () => {
  const uris = sarifOf(MIXED).results.map(
    // biome-ignore lint/suspicious/noExplicitAny: JSON
    (result: any) => result.locations[0].physicalLocation.artifactLocation.uri,
  )
  expect(uris[4]).toBe('openspec/changes/add-search/proposal.md')
})

test('a fingerprint is unchanged when lines move and differs between equal findings of one file', () => {
  const places = [{ line: 4 }, { line: 9 }]
  const boxes = (shift: number) =>
    places.map(({ line }) =>
      reported(
        finding('tasks/hidden-box', 'warning', { where: 'a fence' }, { file: 't.md', line: line + shift }),
      ),
    )
  const prints = (shift: number) =>
    sarifOf(factsOf([row('a', { findings: boxes(shift) })])).results.map(
      (result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0],
    )
  expect(prints(30)).toEqual(prints(0))
  expect(new Set(prints(0)).size).toBe(2)
  const duplicate = (first: number) =>
    at(finding('spec/duplicate', 'critical', { requirement: 'A', first }, { file: 's.md', line: first + 1 }))
  expect(duplicate(3).partialFingerprints).toEqual(duplicate(30).partialFingerprints)
})

test('paths are relative references whatever characters they have', () => {
  fc.assert(
    fc.property(anyText, file => {
      const result = at(finding('verify/unfilled', 'warning', {}, { file: `/a:/${file}`, line: 1 }))
      const { uri } = result.locations[0].physicalLocation.artifactLocation
      expect(uri).toMatch(/^a%3A(\/|$)/)
      expect(new URL(uri, 'file:///root/').href).toMatch(/^file:\/\/\//)
    }),
    RUNS,
  )
})

test('any text gives a valid log that contains it', () => {
  fc.assert(
    fc.property(anyText, reason => {
      const run = sarifOf(factsOf([row('a', { findings: [unreadable(reason)] })]))
      expect(run.results[0].message.text).toContain(reason)
    }),
    RUNS,
  )
})
