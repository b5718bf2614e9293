import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { formatJunit, xmlAttribute, xmlText } from '../../src/report/formats/junit.ts'
import { anyText, factsOf, MIXED, RUNS, row, unreadable } from './facts.ts'

const XSD = readFileSync(join(import.meta.dirname, 'jenkins-junit.xsd'), 'utf8')
const AT = new Date('2026-06-11T19:21:22Z')

async function problemsOf(texts: string[]): Promise<string[]> {
  const xml = texts.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: XSD })
  return errors.map(error => error.rawMessage)
}

/** What a reader makes of character data and attribute values. */
function decode(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** The text without characters that XML 1.0 does not allow and without other controls. */
function holdable(text: string): string {
  return [...text]
    .filter(character => {
      const code = character.codePointAt(0) ?? 0
      if (code < 0x20) return code === 9 || code === 10 || code === 13
      if (code >= 0x7f && code <= 0x9f) return false
      return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
    })
    .join('')
}

test('findings of every kind are valid against the schema', async () => {
  expect(await problemsOf([formatJunit(MIXED, AT), formatJunit(MIXED), formatJunit(factsOf([]))])).toEqual([])
})

test('the validator finds what is wrong', async () => {
  expect(await problemsOf([formatJunit(MIXED, AT).replace(' tests=', ' test=')])).not.toEqual([])
})

test('a change is a suite, and only what gates is a failure', () => {
  const xml = formatJunit(MIXED, AT)
  expect(
    [...xml.matchAll(/<testsuite name="([^"]+)".* failures="(\d+)"/g)].map(([, ...found]) => found),
  ).toEqual([
    ['add-billing', '1'],
    ['add-search', '0'],
    ['tidy-up', '0'],
    ['add-export', '0'],
    ['an-idea', '0'],
    ['repository', '0'],
  ])
  expect(xml.match(/<failure /g)).toHaveLength(1)
  expect(xml).toMatch(
    /<testcase name="delta" classname="opsx.verify.add-billing" time="0">\n\s+<failure type="delta\/not-found" /,
  )
  expect(xml).toContain('(carried: one contract, split later)')
})

test("a suite has what Ant's stricter schema asks for", () => {
  const xml = formatJunit(MIXED, AT)
  const suites = xml.match(/<testsuite .*>/g) ?? []
  for (const suite of suites) {
    expect(suite).toMatch(/ package="\S+" id="\d+" tests="\d+" failures="\d+" errors="0" time="0"/)
    expect(suite).toMatch(/ timestamp="2026-06-11T19:21:22" hostname="localhost">/)
  }
  expect(xml.match(/<\/system-out>\n\s+<system-err><\/system-err>\n\s+<\/testsuite>/g)).toHaveLength(
    suites.length,
  )
  expect(xml).toMatch(/^<\?xml .*\n<testsuites>\n/)
})

test('several failures of one area are one test with one failure that lists them all', () => {
  const xml = formatJunit(factsOf([row('a', { findings: [unreadable('one'), unreadable('two')] })]))
  expect(xml).toContain(' failures="1"')
  expect(xml.match(/<failure /g)).toHaveLength(1)
  expect(xml).toContain('(and 1 finding more)')
  expect(xml).toMatch(/unbound: two/)
})

test('any text decodes back except characters that XML does not allow', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(decode(xmlText(text))).toBe(holdable(text))
      expect(decode(xmlAttribute(text))).toBe(holdable(text))
      expect(xmlAttribute(text)).not.toMatch(/[\r\n\t<"]/)
    }),
    RUNS,
  )
})

test('any text gives a well-formed, valid document', async () => {
  const texts = fc.sample(fc.tuple(anyText, anyText), { numRuns: RUNS.numRuns / 2, seed: RUNS.seed })
  const documents = texts.map(([reason, change]) =>
    formatJunit(factsOf([row(change, { findings: [unreadable(reason, { file: change })] })]), AT),
  )
  expect(await problemsOf(documents)).toEqual([])
})
