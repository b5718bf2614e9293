import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decisionDigest, digestOf } from '../../src/change/decision-digest.ts'
import { parseVerifyReport } from '../../src/change/parse-verify-report.ts'
import { changedEvidence, type Evidence, type EvidencePart } from '../../src/verify/evidence/evidence.ts'
import { formatEvidence, parseEvidence } from '../../src/verify/evidence/evidence-block.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 20_000 : 300, seed: 11 }
const digest = fc.string().map(digestOf)
const awkward = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'src/a.ts',
    'a b',
    'a\nb',
    '-->',
    '--!>',
    '"q"',
    ' x',
    'x ',
    'ä',
    '\u2028',
    '\ud800',
    '\ufeff',
    '',
  ),
)
const evidence: fc.Arbitrary<Evidence> = fc.record({
  tool: awkward,
  commit: fc.option(awkward),
  artifacts: digest,
  upstream: digest,
  specs: digest,
  code: fc.option(digest),
  figures: fc.option(digest),
  paths: fc.array(awkward, { maxLength: 5 }).map(paths => paths.sort()),
  criticals: fc
    .array(fc.constantFrom('a/b', 'figure/drift', 'z/z'), { maxLength: 4 })
    .map(codes => codes.sort()),
})
const SAMPLE: Evidence = {
  tool: '1.0.0',
  commit: 'c0ffee',
  artifacts: digestOf('artifacts'),
  upstream: digestOf('upstream'),
  specs: digestOf('specs'),
  code: digestOf('code'),
  figures: digestOf('figures'),
  paths: ['src/-->.ts', 'src/a b.ts'],
  criticals: ['tasks/open'],
}

it('writes one comment, a field a line, and quotes what could break out of it', () => {
  expect(formatEvidence(SAMPLE).split('\n')).toEqual([
    '<!-- opsx:evidence',
    'tool: 1.0.0',
    'commit: c0ffee',
    `artifacts: ${SAMPLE.artifacts}`,
    `upstream: ${SAMPLE.upstream}`,
    `specs: ${SAMPLE.specs}`,
    `code: ${SAMPLE.code}`,
    `figures: ${SAMPLE.figures}`,
    'path: "src/--\\u003e.ts"',
    'path: src/a b.ts',
    'critical: tasks/open',
    '-->',
  ])
})

it('reads back any evidence, with any line ends and any text around it', () => {
  fc.assert(
    fc.property(evidence, fc.boolean(), (written, crlf) => {
      const text = `# Report\n\n${formatEvidence(written)}\n\n## Verdict\n\n- [x] PASS\n`
      const stored = Buffer.from(crlf ? text.replaceAll('\n', '\r\n') : text).toString('utf8')
      expect(parseEvidence(stored)).toEqual(written)
      expect(parseVerifyReport(stored, 'verify.md').report.decision).toBe('pass')
    }),
    runs,
  )
})

const block = formatEvidence(SAMPLE)
const unreadable: [string, string][] = [
  ['no block', '# Report\n'],
  ['a block in a fence', `\`\`\`\n${block}\n\`\`\`\n`],
  ['a quoted block', block.replace(/^/gm, '> ')],
  ['a block that is not closed', block.replace('-->', '')],
  ['conflict markers', block.replace('commit:', '<<<<<<< ours\ncommit:')],
  ['a digest twice', block.replace('artifacts:', `artifacts: ${digestOf('x')}\nartifacts:`)],
  ['a digest that is none', block.replace(SAMPLE.artifacts, 'sha256:abc')],
  ['broken quotes', block.replace('"src', '"src"')],
]

it.each(unreadable)('knows nothing from %s', (_, text) => {
  expect(parseEvidence(text)).toBeNull()
})

it('leaves unknown fields to later versions', () => {
  expect(parseEvidence(block.replace('commit:', 'weather: 3\ncommit:'))).toEqual(SAMPLE)
})

it('whatever a report holds, reading it never throws', () => {
  fc.assert(
    fc.property(generatedMarkdown, fc.string({ unit: 'binary' }), (around, inside) => {
      parseEvidence(`${around}\n<!-- opsx:evidence${inside}\n-->\n`)
      expect(decisionDigest(around)).toMatch(/^sha256:[0-9a-f]{64}$/)
    }),
    runs,
  )
})

it('a verdict about the same things is the same verdict, whenever and wherever it was written', () => {
  const report = (change: Partial<Evidence>, at: string) =>
    `# Report\n\n**Verified at**: \`${at}\`\n\n${formatEvidence({ ...SAMPLE, ...change })}\n\n## Verdict\n\n- [x] FAIL\n`
  const digestAt = (change: Partial<Evidence>, at = '10:00') =>
    parseVerifyReport(report(change, at), 'verify.md').report.digest
  const first = digestAt({})
  expect(digestAt({ commit: 'other', tool: '2.0.0', code: null }, '11:00')).toBe(first)
  expect(decisionDigest(report({}, '10:00').replaceAll('\n', '\r\n'))).toBe(first)
  expect(digestAt({ artifacts: digestOf('other') })).not.toBe(first)
  expect(digestAt({ criticals: [] })).not.toBe(first)
  expect(digestAt({ criticals: ['b/b', 'a/a'] })).toBe(digestAt({ criticals: ['a/a', 'b/b'] }))
})

it('identifies a report that opsx did not write by its text', () => {
  const text = '## Verdict\n\n- [x] FAIL\n'
  expect(decisionDigest(text)).toBe(digestOf(text))
  expect(decisionDigest(text.replaceAll('\n', '\r\n'))).toBe(digestOf(text))
  const broken = `${block.replace(SAMPLE.artifacts, 'sha256:abc')}\n${text}`
  expect(decisionDigest(broken)).toBe(digestOf(broken))
})

const [A, B] = [digestOf('a'), digestOf('b')]
const NOW = { artifacts: A, code: A, figures: A }
const ages: [
  Partial<Record<EvidencePart, string | null>>,
  Partial<Record<EvidencePart, string | null>>,
  EvidencePart[],
][] = [
  [{}, {}, []],
  [{}, { artifacts: B }, ['artifacts']],
  [{}, { code: B }, ['code']],
  [{}, { figures: B }, ['figures']],
  [{}, { artifacts: B, code: B, figures: B }, ['artifacts', 'code', 'figures']],
  [{ code: null }, { code: B }, []],
  [{}, { code: null }, []],
  [{ figures: null }, { figures: B }, []],
  [{}, { artifacts: B, code: null }, ['artifacts']],
]

it.each(ages)('evidence recorded as %j differs from %j in %j', (was, is, changed) => {
  const today = { ...NOW, ...is } as Pick<Evidence, EvidencePart>
  expect(changedEvidence({ ...SAMPLE, ...NOW, ...was } as Evidence, today)).toEqual(changed)
})
