import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decisionDigest } from '../../src/change/decision-digest.ts'
import { parseVerifyReport } from '../../src/change/parse-verify-report.ts'
import { type Finding, finding } from '../../src/findings/finding.ts'
import { equivalentsOf } from '../../src/verify/equivalents.ts'
import { parseEvidence } from '../../src/verify/evidence/evidence-block.ts'
import { renderVerify, type VerifyReport } from '../../src/verify/render-verify.ts'
import { parseReviewerItems } from '../../src/verify/reviewer-findings.ts'
import { reviewerText } from '../../src/verify/reviewer-section.ts'
import type { Dimension, Judged } from '../../src/verify/verification.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'
import { DIRECTORY, verificationOf } from '../support/verification.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 3_000 : 150, seed: 9 }
const template = readFileSync(new URL('../../templates/verify.md', import.meta.url), 'utf8')
const golden = (name: string) =>
  readFileSync(new URL(`../fixtures/verify/${name}.md`, import.meta.url), 'utf8')
const judgedOf = (dimension: Dimension, found: Finding, accepted: string | null = null): Judged => ({
  dimension,
  finding: found,
  accepted,
})
const place = (file: string, line: number) => ({
  change: 'add-dark-mode',
  file: `${DIRECTORY}/${file}`,
  line,
})

const DEFERRED = judgedOf(
  'completeness',
  finding('tasks/deferred', 'suggestion', { task: '1.3', reason: 'no device at hand' }, place('tasks.md', 6)),
  'no device at hand',
)
const SPELLING = judgedOf(
  'coherence',
  finding('design/unknown-decision', 'suggestion', { decision: 'D7' }, place('tasks.md', 4)),
)
const CHECK = judgedOf(
  'implementation',
  finding(
    'implementation/deferred-check',
    'critical',
    { check: 'Look at it in Safari' },
    place('plan.md', 9),
  ),
)
const UNCOMMITTED = judgedOf(
  'implementation',
  finding('implementation/uncommitted', 'warning', { count: 1, first: 'src/a|b.ts' }, place('src/a|b.ts', 1)),
)
const STRUCTURE = judgedOf(
  'correctness',
  finding(
    'delta/no-scenario',
    'critical',
    { requirement: 'Palette', section: 'ADDED', empty: '' },
    place('specs/theme/spec.md', 3),
  ),
)
const LEDGER = judgedOf('ledger', finding('ledger/behind', 'info', { recorded: 'Todo', phase: 'In Review' }))
const STALE = judgedOf('coherence', finding('verify/stale', 'critical', { what: 'artifacts' }))

function rendered(judged: Judged[], report: Partial<VerifyReport> = {}): string {
  return renderVerify({
    verification: verificationOf(judged),
    previous: undefined,
    template,
    now: new Date('2026-06-11T19:21:59Z'),
    verifier: 'opsx 1.2.0',
    planRows: [],
    ...report,
  })
}

const failing = [STRUCTURE, CHECK, UNCOMMITTED, SPELLING, DEFERRED, LEDGER, STALE]
const failingReport: Partial<VerifyReport> = {
  verification: verificationOf(failing, {
    tasks: '- [x] 1.1 Choose\n- [ ] 1.2 Store a|b\n- [~] 1.3 Try it (deferred: no device at hand)\n',
    deltas: [
      { capability: 'theme', state: 'pending', notes: 'new capability' },
      { capability: 'menu', state: 'synced', notes: 'nothing left to fold' },
    ],
    signals: { uncommitted: ['src/a|b.ts'], unpushed: null, commits: null, code: [] },
  }),
  planRows: [
    { id: '2.1', text: 'Look at it in Safari' },
    { id: null, text: 'Read it in the sun' },
  ],
  previous:
    '## 7. Deferred\n\n| Check | Test |\n|---|---|\n| Read it in the sun | `contrast.test.ts` \\| all |\n',
}

it('writes the report of a pass as the golden file shows it', () => {
  expect(rendered([DEFERRED, LEDGER])).toBe(golden('pass'))
})

it('writes the report of a fail as the golden file shows it', () => {
  expect(rendered(failing, failingReport)).toBe(golden('fail'))
})

it('fills every placeholder of the template', () => {
  expect(rendered(failing)).not.toMatch(/\{\{|\}\}|undefined|NaN/)
})

const decisions: [string, Judged[], string][] = [
  ['pass', [DEFERRED], '- [x] (pass) PASS'],
  ['warn', [UNCOMMITTED], '- [x] (warn) PASS WITH WARNINGS'],
  ['fail', [CHECK, UNCOMMITTED], '- [x] (fail) FAIL'],
]

it.each(decisions)('checks %s alone, and opsx reads it back', (decision, judged, box) => {
  const text = rendered(judged)
  const { report, findings } = parseVerifyReport(text, 'verify.md')
  expect({ decision: report.decision, findings }).toEqual({ decision, findings: [] })
  const boxes = text.split('\n').filter(line => /^- \[.\] \((?:pass|warn|fail)\)/.test(line))
  expect(boxes).toHaveLength(3)
  expect(boxes.filter(line => line.startsWith('- [x]'))).toEqual([expect.stringContaining(box)])
  expect(/^- \[x\] \(fail\) FAIL/m.test(text)).toBe(decision === 'fail')
  expect(text).toMatch(/^\*\*Next step\*\*: \S/m)
})

it('keeps the evidence, which identifies the report', () => {
  const verification = verificationOf([CHECK])
  const text = rendered([], { verification })
  expect(parseEvidence(text)).toEqual(verification.evidence)
  const later = rendered([], { verification, now: new Date('2027-01-01T00:00:00Z'), verifier: 'another' })
  expect(decisionDigest(later)).toBe(decisionDigest(text))
})

const later = { now: new Date('2027-01-01T00:00:00Z'), verifier: 'opsx 9.9.9' }

it('keeps the report as it is while digests, findings and decision are the same', () => {
  for (const judged of [[DEFERRED], [UNCOMMITTED], failing]) {
    const previous = rendered(judged, { verification: verificationOf(judged) })
    const verification = verificationOf(judged)
    const moved = {
      ...verification,
      signals: null,
      evidence: { ...verification.evidence, commit: 'squashed', tool: '9.9.9', code: null },
    }
    const windows = previous.replaceAll('\n', '\r\n')
    expect(rendered(judged, { ...later, verification: moved, previous })).toBe(previous)
    expect(rendered(judged, { ...later, verification: moved, previous: windows })).toBe(windows)
    const noted = previous.replace('## Overall', 'A word of mine.\n\n## Overall')
    expect(rendered(judged, { ...later, verification: moved, previous: noted })).toBe(noted)
  }
})

const base = verificationOf([UNCOMMITTED])
const changes: [string, Partial<VerifyReport>][] = [
  [
    'the artifacts',
    { verification: { ...base, evidence: { ...base.evidence, artifacts: base.evidence.specs } } },
  ],
  ['the code', { verification: { ...base, evidence: { ...base.evidence, code: base.evidence.specs } } }],
  ['a finding', { verification: verificationOf([UNCOMMITTED, SPELLING]) }],
  ['the decision', { verification: verificationOf([]) }],
]

it.each(changes)('writes the report again when %s changed', (_, report) => {
  const previous = rendered([UNCOMMITTED])
  const text = rendered([], { ...later, previous, ...report })
  expect(text).not.toBe(previous)
  expect(text).toContain('`2027-01-01 00:00`')
})

it('writes over a box that a person checked by hand, and over a report of another tool', () => {
  const previous = rendered([CHECK])
  const cheated = previous.replace('[x] (fail)', '[ ] (fail)').replace('[ ] (pass)', '[x] (pass)')
  expect(parseVerifyReport(rendered([CHECK], { previous: cheated }), 'verify.md').report.decision).toBe(
    'fail',
  )
  const twice = previous.replace('[ ] (pass)', '[x] (pass)')
  expect(rendered([CHECK], { previous: twice })).toBe(previous)
  expect(rendered([CHECK], { previous: '## Verdict\n\n- [x] PASS\n' })).toBe(previous)
})

it('keeps what people wrote, byte for byte, whatever it is', () => {
  const written = fc.oneof(
    generatedMarkdown,
    fc.constantFrom(
      '- CRITICAL: it leaks\n',
      '```\nopen',
      '<!-- open',
      '{{evidence}} $& $1\n',
      '\r\n\r\ntext \r\n',
    ),
  )
  fc.assert(
    fc.property(written, fc.boolean(), (people, crlf) => {
      const section = `## Reviewer findings\n\n${people}`
      const first = rendered([CHECK]).replace(
        /## Reviewer findings[\s\S]*?(?=## Overall Decision)/,
        () => `${section}\n\n`,
      )
      const previous = crlf ? first.replaceAll(/\r?\n/g, '\r\n') : first
      const again = rendered([UNCOMMITTED], { previous })
      const kept = reviewerText(previous) ?? ''
      expect(again).toContain(kept)
      expect(parseVerifyReport(again, 'verify.md').report.decision).toBe('warn')
      expect(parseReviewerItems(again).map(({ text }) => text)).toEqual(
        parseReviewerItems(previous).map(({ text }) => text),
      )
      const settled = rendered([SPELLING], { previous: again })
      expect(reviewerText(settled)).toBe(reviewerText(again))
      expect(rendered([SPELLING], { ...later, previous: settled })).toBe(settled)
    }),
    runs,
  )
})

it('keeps the equivalents that people named, and asks for the others', () => {
  const planRows = [
    { id: '2.1', text: 'Look at a|b in Safari' },
    { id: '2.2', text: 'Print it' },
  ]
  const first = rendered([CHECK], { planRows })
  expect(equivalentsOf(first).map(({ test }) => test)).toEqual(['', ''])
  const named = first.replace(/(\| 2\.1 [^\n]* \| )—( \|)/, '$1`safari.test.ts` \\| all$2')
  const again = rendered([], { planRows, previous: named })
  expect(equivalentsOf(again).map(({ test }) => test)).toEqual(['`safari.test.ts` \\| all', ''])
  expect(equivalentsOf(rendered([CHECK], { planRows, previous: again }))).toEqual(equivalentsOf(again))
})

it('no text of a finding breaks the shape of the report', () => {
  const hostile = fc.oneof(
    generatedMarkdown,
    fc.string(),
    fc.constantFrom('<!--', '```', '## Overall Decision\n- [x] (pass) PASS', '|', '{{fail}}'),
  )
  fc.assert(
    fc.property(hostile, hostile, (text, reason) => {
      const judged = [
        judgedOf('correctness', finding('review/finding', 'critical', { text })),
        judgedOf('coherence', finding('design/unknown-decision', 'suggestion', { decision: text }), reason),
        judgedOf(
          'correctness',
          finding('spec/no-text', 'warning', { requirement: text }, { file: text, line: 1 }),
        ),
      ]
      const report = rendered(judged, { planRows: [{ id: null, text }], verifier: text })
      expect(parseVerifyReport(report, 'verify.md')).toMatchObject({
        report: { decision: 'fail' },
        findings: [],
      })
      expect(report.match(/^## .*$/gm)).toEqual(template.match(/^## .*$/gm))
      expect(rendered(judged, { ...later, planRows: [{ id: null, text }], previous: report })).toBe(report)
    }),
    runs,
  )
})
