import fc from 'fast-check'
import { type Finding, finding } from '../../src/findings/finding.ts'
import type { ReportedFacts, ReportedFinding, VerifiedRow } from '../../src/verify/reported-facts.ts'

/** Runs of a property: small by default, large when asked for. */
export const RUNS = { numRuns: process.env.OPSX_LONG ? 5000 : 200, seed: 7 }

export function reported(found: Finding, more: Partial<ReportedFinding> = {}): ReportedFinding {
  return { finding: found, preExisting: false, gates: false, accepted: null, ...more }
}

export function row(change: string, more: Partial<VerifiedRow> = {}): VerifiedRow {
  return { change, decision: 'pass', phase: 'In Review', ready: true, findings: [], ...more }
}

export function factsOf(rows: VerifiedRow[], more: Partial<ReportedFacts> = {}): ReportedFacts {
  return { rows, repository: [], version: '1.2.3', against: null, ...more }
}

/** A critical finding that gates, with any text in its message. */
export function unreadable(reason: string, place: Partial<Finding> = {}): ReportedFinding {
  return reported(
    finding(
      'binding/unreadable',
      'critical',
      { reason },
      { file: 'openspec/changes/a/proposal.md', ...place },
    ),
    { gates: true },
  )
}

/** One of each kind: gating, warning, accepted, pre-existing, note, and one of the repository. */
export const MIXED = factsOf(
  [
    row('add-billing', {
      decision: 'fail',
      findings: [
        reported(
          finding(
            'delta/not-found',
            'critical',
            { requirement: 'Billing', section: 'MODIFIED', meant: '' },
            { file: 'openspec/changes/add-billing/specs/bill/spec.md', line: 12, column: 3 },
          ),
          { gates: true },
        ),
        reported(
          finding(
            'tasks/hidden-box',
            'warning',
            { where: 'code fence' },
            { file: 'openspec/changes/add-billing/tasks.md', line: 4 },
          ),
        ),
        reported(finding('proposal/many-deltas', 'suggestion', { count: 12, maximum: 10 }), {
          accepted: 'one contract, split later',
        }),
      ],
    }),
    row('add-search', {
      decision: 'fail',
      findings: [
        reported(
          finding(
            'spec/no-scenario',
            'critical',
            { requirement: 'Search' },
            { file: 'openspec/specs/search/spec.md', line: 7 },
          ),
          { preExisting: true },
        ),
        reported(finding('verify/unfilled', 'info', {})),
      ],
    }),
    row('tidy-up'),
    row('add-export', { decision: 'fail', phase: 'In Progress' }),
    row('an-idea', { phase: 'Backlog', ready: false }),
  ],
  {
    repository: [
      reported(finding('registry/mixed-dialects', 'warning', {}, { file: 'openspec/linear.yaml' })),
    ],
    against: 'origin/main',
  },
)

/** Any text: controls, lone surrogates, markup, workflow commands. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '%',
      '\r',
      '\n',
      ':',
      ',',
      '<',
      '>',
      '&',
      '"',
      "'",
      ']]>',
      '|',
      '`',
      '\\',
      '\u0000',
    ),
    maxLength: 20,
  }),
  fc.string({
    unit: fc.constantFrom(
      '::error::',
      '%0A',
      '&#10;',
      '<!--',
      '@me',
      '#1',
      '\u001b[31m',
      '\ud800',
      '\uffff',
      '*',
      '_',
    ),
    maxLength: 8,
  }),
  fc
    .array(fc.constantFrom('https://x.y', 'www.z.org', '[a](b)', '![i](j)', '<b>', '~~s~~', '$x$', 'a b'), {
      maxLength: 5,
    })
    .map(parts => parts.join(' ')),
)
