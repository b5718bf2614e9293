import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OpsxError } from '../../src/errors.ts'
import { appendLedger, type LedgerChange } from '../../src/ledger/append-ledger.ts'
import { LEDGER_KEYS } from '../../src/ledger/ledger-keys.ts'
import { artifactDigest, codeDigest } from '../../src/verify/evidence/artifact-digest.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'
import { awkwardString, yamlSample } from '../support/yaml-texts.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 10_000 : 200, seed: 5 }
const digestOf = (proposal: string) => artifactDigest([{ path: 'proposal.md', text: proposal }])

const body = fc.oneof(
  generatedMarkdown,
  fc.constantFrom(
    '',
    '\n',
    '## Why\n',
    '\r\n## Why\r\n',
    '---\n',
    '\ufeff## Why\n',
    '<!-- c -->\n\n## Why\n',
  ),
)
const proposal = fc.oneof(
  body,
  fc
    .tuple(fc.constantFrom('', '\n', '<!-- note -->\n'), yamlSample, body)
    .map(
      ([above, { text }, rest]) =>
        `${above}---\n${text.replace(/^\ufeff/, '').replace(/\n?$/, '\n')}---\n${rest}`,
    ),
  fc
    .tuple(fc.constantFrom('{ a: 1, linear_team: X }\n', '# only a comment\n', ''), body)
    .map(([yaml, rest]) => `---\n${yaml}---\n${rest}`),
)
const ledger: fc.Arbitrary<LedgerChange> = fc.record({
  entries: fc.array(
    fc.record({
      at: fc.constant('2026-01-02T03:04:05Z'),
      transition: fc.constantFrom('Todo->In Progress', 'archive->mirror'),
      outcome: fc.constantFrom('posted' as const, 'dropped' as const),
      note: awkwardString,
    }),
    { maxLength: 3 },
  ),
  keys: fc.dictionary(fc.constantFrom(...LEDGER_KEYS), fc.oneof(awkwardString, fc.nat())) as fc.Arbitrary<
    LedgerChange['keys']
  >,
})

it('the ledger, in any style, changes no digest', () => {
  let written = 0
  fc.assert(
    fc.property(proposal, ledger, ledger, (text, one, other) => {
      const edited = appended(appended(text, one), other)
      if (edited !== text) written++
      expect(digestOf(edited)).toBe(digestOf(text))
    }),
    runs,
  )
  expect(written).toBeGreaterThan(runs.numRuns / 3)
})

/** What the editor refuses is left as it is. */
function appended(text: string, change: LedgerChange): string {
  try {
    return appendLedger(text, change)
  } catch (error) {
    expect(error).toBeInstanceOf(OpsxError)
    return text
  }
}

const PROPOSAL = '---\nlinear_team: CAM\nmethod: D10\nbeads: [a, b]\n---\n\n## Why\n\nBecause.\n'
const same: [string, string][] = [
  ['CRLF', PROPOSAL.replaceAll('\n', '\r\n')],
  ['a BOM', `\ufeff${PROPOSAL}`],
  [
    'another order of keys',
    PROPOSAL.replace('linear_team: CAM\nmethod: D10', 'method: D10\nlinear_team: CAM'),
  ],
  ['another team', PROPOSAL.replace('CAM', 'OPS')],
  ['a ledger as JSON', PROPOSAL.replace('method', '"attempt_log": [{"at": "x"}]\nmethod')],
  ['an unknown state', PROPOSAL.replace('method', 'last_synced_state:\n  kind: odd\nmethod')],
]

it.each(same)('%s is no other proposal', (_, text) => {
  expect(digestOf(text)).toBe(digestOf(PROPOSAL))
})

const other: [string, string][] = [
  ['another word', PROPOSAL.replace('Because', 'Since')],
  ['another value', PROPOSAL.replace('D10', 'D11')],
  ['a list in another order', PROPOSAL.replace('[a, b]', '[b, a]')],
  ['a key more', PROPOSAL.replace('method', 'opsx_other: 1\nmethod')],
  ['a nested key of ours', PROPOSAL.replace('D10', '{ linear_team: CAM }')],
  ['a comment above', `<!-- draft -->\n${PROPOSAL}`],
  ['a blank line more in the text', PROPOSAL.replace('## Why\n', '## Why\n\n')],
  ['broken frontmatter', PROPOSAL.replace('method: D10', 'method: D10\nmethod: D11')],
]

it.each(other)('%s is another proposal', (_, text) => {
  expect(digestOf(text)).not.toBe(digestOf(PROPOSAL))
})

it('frontmatter that opsx made for a proposal without one goes unseen', () => {
  for (const text of ['## Why\n', '', '\ufeff## Why\r\n', '<!-- c -->\n## Why\n']) {
    const bound = appendLedger(text, { entries: [], keys: { linear_team: 'CAM' } })
    expect(bound).toContain('linear_team')
    expect(digestOf(bound)).toBe(digestOf(text))
  }
})

it('any edit of any other artifact, any new and any lost one changes the digest', () => {
  const path = fc.constantFrom(
    'tasks.md',
    'design.md',
    'specs/a/spec.md',
    'specs/verify.md/spec.md',
    'notes/verify.md',
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(path, fc.string()), { selector: ([name]) => name, minLength: 1 }),
      fc.nat(),
      fc.string({ minLength: 1 }),
      (list, at, more) => {
        const files = list.map(([name, text]) => ({ path: name, text: text.replaceAll('\r', '') }))
        const digest = artifactDigest(files)
        const index = at % files.length
        const edited = files.map((file, i) => (i === index ? { ...file, text: file.text + more } : file))
        const normal = (text: string | undefined) => text?.replaceAll('\r\n', '\n')
        expect(artifactDigest([...files].reverse())).toBe(digest)
        if (normal(edited[index]?.text) !== files[index]?.text)
          expect(artifactDigest(edited)).not.toBe(digest)
        expect(artifactDigest(files.filter((_, i) => i !== index))).not.toBe(digest)
        expect(artifactDigest([...files, { path: 'new.md', text: '' }])).not.toBe(digest)
      },
    ),
    runs,
  )
})

it('verify.md and what comes after it are no evidence', () => {
  const files = [{ path: 'tasks.md', text: '- [x] 1.1 Done\n' }]
  const after = [
    'verify.md',
    'verification.md',
    'retrospective.md',
    'measurements.md',
    'specs/a/base.lock.json',
  ]
  for (const path of after)
    expect(artifactDigest([...files, { path, text: 'x' }])).toBe(artifactDigest(files))
})

it('endless frontmatter is read as text', () => {
  const bomb = [
    'a0: &a0 [x]',
    ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
  ]
  expect(digestOf(`---\n${bomb.join('\n')}\n---\n`)).toMatch(/^sha256:/)
  expect(digestOf('---\na: &a [*a]\n---\n')).toMatch(/^sha256:/)
})

it('code is its files and their blobs, in any order', () => {
  const digest = codeDigest([
    ['a', '1'],
    ['b', null],
  ])
  expect(
    codeDigest([
      ['b', null],
      ['a', '1'],
    ]),
  ).toBe(digest)
  expect(
    codeDigest([
      ['a', null],
      ['b', '1'],
    ]),
  ).not.toBe(digest)
  expect(codeDigest([['a', '1']])).not.toBe(digest)
  expect(codeDigest([])).not.toBe(digest)
})

it('the base lock beside a delta is no evidence', () => {
  const spec = { path: 'specs/theming/spec.md', text: '## ADDED Requirements\n' }
  const lock = { path: 'specs/theming/base.lock.json', text: '{}\n' }
  expect(artifactDigest([spec, lock])).toBe(artifactDigest([spec]))
})
