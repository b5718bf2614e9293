import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headingsOf } from '../../src/markdown/sections.ts'
import { parseReviewerItems } from '../../src/verify/reviewer-findings.ts'
import { closingOf, reviewerText } from '../../src/verify/reviewer-section.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 3 }
const report = (section: string) =>
  `# Verification Report\n\n## Issues\n\n${section}## Overall Decision\n\n- [x] (pass) PASS\n`
const items = (line: string) => parseReviewerItems(report(`## Reviewer findings\n\n${line}\n\n`))

const lines: [string, ReturnType<typeof items>][] = [
  ['- CRITICAL: it leaks', [{ severity: 'critical', text: 'it leaks', accepted: null, line: 7 }]],
  ['- WARNING: slow on CI ', [{ severity: 'warning', text: 'slow on CI', accepted: null, line: 7 }]],
  ['* **SUGGESTION:** name it', [{ severity: 'suggestion', text: 'name it', accepted: null, line: 7 }]],
  ['  + **Critical**: nested', [{ severity: 'critical', text: 'nested', accepted: null, line: 7 }]],
  [
    '- CRITICAL (spec.md:3): wrong',
    [{ severity: 'critical', text: '(spec.md:3) wrong', accepted: null, line: 7 }],
  ],
  [
    '- SUGGESTION (carried: waits for D3 (later)): split it',
    [{ severity: 'suggestion', text: 'split it', accepted: 'waits for D3 (later)', line: 7 }],
  ],
  [
    '- SUGGESTION (carried: ): split it',
    [{ severity: 'suggestion', text: 'split it', accepted: null, line: 7 }],
  ],
  ['- WARNING (carried: later): slow', [{ severity: 'warning', text: 'slow', accepted: null, line: 7 }]],
  ['- CRITICAL: none', []],
  ['- CRITICAL: None.', []],
  ['- CRITICAL: …', []],
  ['- CRITICAL:', []],
  ['- ~~CRITICAL: settled~~', []],
  ['CRITICAL: no list', []],
  ['> - CRITICAL: quoted', []],
  ['- CRITICALLY: no', []],
  ['```\n- CRITICAL: shown\n```', []],
  ['<!--\n- CRITICAL: hidden\n-->', []],
]

it.each(lines)('reads %j', (line, found) => {
  expect(items(line)).toEqual(found)
})

it('reads nothing outside the section, and CRLF inside it', () => {
  expect(parseReviewerItems(report('- CRITICAL: elsewhere\n\n'))).toEqual([])
  const crlf = report('## Reviewer findings\n\n- CRITICAL: here\n\n').replaceAll('\n', '\r\n')
  expect(parseReviewerItems(crlf)).toEqual([{ severity: 'critical', text: 'here', accepted: null, line: 7 }])
})

const sections: [string, string][] = [
  ['plain', '## Reviewer findings\n\nAll fine.\n\n'],
  ['empty', '## Reviewer findings\n'],
  ['with headings of its own', '## Reviewer findings\n\n### Anna\n\nx\n\n## By Ben\n\ny\n\n'],
  ['twice, after a merge', '## Reviewer findings\n\nours\n\n## Reviewer findings\n\ntheirs\n\n'],
  ['with a fence left open', '## Reviewer findings\n\n```\ncode\n\n'],
  ['CRLF', '## Reviewer findings\r\n\r\ntext \t\r\n\r\n\r\n'],
]

it.each(sections)('keeps a section that is %s', (_, section) => {
  expect(reviewerText(report(section))).toBe(section)
})

it('keeps a section at the end of the file, and finds none where there is none', () => {
  expect(reviewerText('# R\n\n## Reviewer findings\n\nlast words')).toBe('## Reviewer findings\n\nlast words')
  expect(reviewerText('# R\n\n## Issues\n')).toBeNull()
})

const open: [string, string][] = [
  ['text', ''],
  ['```\ncode', '```'],
  ['`````js\ncode\n```', '`````'],
  ['~~~\ncode', '~~~'],
  ['<!-- comment', '-->'],
  ['<pre>', '</pre>'],
  ['- ```\n  code', ''],
  ['<?php', '?>'],
]

it.each(open)('closes %j with %j', (text, closing) => {
  expect(closingOf(`## Reviewer findings\n\n${text}\n`)).toBe(closing)
})

it('whatever people write, the heading below theirs is seen', () => {
  fc.assert(
    fc.property(generatedMarkdown, text => {
      const section = `## Reviewer findings\n\n${text}\n`
      const closing = closingOf(section)
      const whole = `${section}${closing}\n\n## Overall Decision\n`
      expect(headingsOf(whole).at(-1)?.text).toBe('Overall Decision')
      expect(closingOf(`${section}${closing}\n`)).toBe('')
      for (const { line } of parseReviewerItems(whole)) {
        expect(line).toBeLessThanOrEqual(whole.split('\n').length)
      }
    }),
    runs,
  )
})
