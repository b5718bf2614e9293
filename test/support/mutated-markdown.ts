import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { generatedMarkdown } from './generated-markdown.ts'
import { generatedCase } from './generated-specs.ts'

const ODD = [
  '<!--',
  '-->',
  '```',
  '~~~',
  '---',
  '- [ ]',
  '- [~] later (deferred: no time)',
  '> ',
  '    ',
  '\t',
  '\u2028',
  '\u00a0',
  '\ud83d\ude80',
  'e\u0301',
  '\ufeff',
  '### Requirement: Sign in',
  '## ADDED Requirements',
  '#### Scenario: Night',
  '- `### Requirement: Export`',
  '- FROM: `### Requirement: Export`',
  'TO: ### Requirement: Import',
  '## Overall Decision',
  '- [x] (pass) PASS',
  '## Reviewer findings',
  '- CRITICAL: wrong',
  '<!-- opsx:evidence',
  'artifacts: sha256:0',
  '## 7. Deferred manual checks',
  '| check | test |',
  '## Capabilities',
  '- `access`: who may come in',
  'attempt_log:',
  '  - { at: "2026-01-01T00:00:00Z", transition: "Backlog->Todo", outcome: "posted" }',
  'review_round: 99',
  '\u0000',
]

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The project's own fixtures and templates, whatever their extension, in the order of their paths. */
function documents(): string[] {
  return ['test/fixtures', 'templates'].flatMap(directory =>
    readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && /\.(?:md|ya?ml)$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => readFileSync(path, 'utf8')),
  )
}

const generatedSpec = fc.nat(100_000).map(seed => {
  const { main, delta } = generatedCase(seed)
  return seed % 3 === 0 && main !== null ? main : delta
})

const original = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...documents()) },
  { weight: 3, arbitrary: generatedSpec },
  { weight: 2, arbitrary: generatedMarkdown },
)

type Mutation = (lines: string[], at: number) => string[]

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.constant<Mutation>((lines, at) => lines.toSpliced(at, 1)),
  fc.constant<Mutation>((lines, at) => lines.toSpliced(at, 0, lines[at] ?? '')),
  fc.constant<Mutation>((lines, at) => [...lines.slice(at), ...lines.slice(0, at)]),
  fc.constant<Mutation>((lines, at) => lines.slice(0, at + 1)),
  fc.constant<Mutation>((lines, at) => lines.with(at, (lines[at] ?? '').slice(1))),
  fc.constant<Mutation>((lines, at) => lines.with(at, (lines[at] ?? '').trimEnd().slice(0, -1))),
  fc.constantFrom('  ', '    ', '> ', '- ', '#').map<Mutation>(prefix => (lines, at) => {
    return lines.with(at, prefix + lines[at])
  }),
  fc.constantFrom(...ODD).map<Mutation>(odd => (lines, at) => lines.toSpliced(at, 0, odd)),
  fc.constantFrom(...ODD).map<Mutation>(odd => (lines, at) => lines.with(at, `${lines[at]}${odd}`)),
  original.map<Mutation>(other => (lines, at) => lines.toSpliced(at, 0, ...other.split(/\r?\n/))),
)

/** A real document, broken in up to four places; some with CRLF, some without a last line end. */
export const mutatedMarkdown: fc.Arbitrary<string> = fc
  .tuple(
    original,
    fc.array(fc.tuple(mutation, fc.nat()), { maxLength: 4 }),
    fc.constantFrom('\n', '\n', '\n', '\n', '\r\n'),
  )
  .map(([text, mutations, newline]) => {
    let lines = text.split(/\r?\n/)
    for (const [mutate, place] of mutations) {
      if (lines.length > 0) lines = mutate(lines, place % lines.length)
    }
    return lines.join(newline)
  })
