import { describe, expect, it } from 'vitest'
import { changeOf, codesOf } from '../support/fixture.ts'

const uuid = (n: number) => `11111111-2222-4333-8444-${String(n).padStart(12, '0')}`

describe('a change is bound', () => {
  const cases: [string, string, Record<string, unknown>][] = [
    [
      'registry-dialect',
      'keep-place',
      {
        source: 'frontmatter',
        id: uuid(7),
        identifier: 'RDR-7',
        team: 'RDR',
        project: 'shelf',
        title: 'Keep the place',
      },
    ],
    [
      'legacy-dialect',
      'keep-place',
      { source: 'frontmatter', id: null, identifier: 'RDR-8', team: 'Reading Room' },
    ],
    [
      'legacy-dialect',
      'without-team',
      { source: 'frontmatter', identifier: 'RDR-9', team: null, project: null },
    ],
    [
      'change-file-dialect',
      'keep-place',
      { source: 'change-file', id: uuid(10), identifier: 'RDR-10', team: null },
    ],
    ['weak-link', 'keep-place', { source: 'link', id: null, identifier: 'RDR-12' }],
    ['binding-fields', 'id-is-identifier', { id: null, identifier: 'RDR-31', project: null }],
    ['binding-fields', 'url-only', { id: null, identifier: 'RDR-32' }],
    ['binding-fields', 'uuid-only', { id: uuid(33), identifier: null }],
    ['proposal-starts', 'byte-order-mark', { source: 'frontmatter', identifier: 'RDR-20' }],
    ['proposal-starts', 'crlf', { source: 'frontmatter', identifier: 'RDR-20' }],
    ['proposal-starts', 'comment-first', { source: 'frontmatter', identifier: 'RDR-20' }],
  ]
  it.each(cases)('%s/%s', (situation, name, binding) => {
    expect(changeOf(situation, name).binding).toMatchObject(binding)
  })

  it('names the file of the binding and the id that comments derive from', () => {
    const { binding } = changeOf('registry-dialect', 'keep-place')
    expect(binding.file).toBe('openspec/changes/keep-place/proposal.md')
    expect(binding.changeId).toBe('5b1f6c1e-0000-4000-8000-000000000007')
    expect(changeOf('change-file-dialect', 'keep-place').binding.file).toBe(
      'openspec/changes/keep-place/linear.yaml',
    )
  })
})

describe('a change is unbound', () => {
  const cases: [string, string, string[]][] = [
    ['binding-fields', 'placeholders', []],
    ['weak-link', 'mentions-only', []],
    ['change-file-dialect', 'unreadable', ['binding/unreadable']],
    ['proposal-starts', 'unclosed', ['binding/unreadable']],
    ['proposal-starts', 'duplicate-keys', ['binding/unreadable']],
    ['proposal-starts', 'hostile', ['binding/unreadable']],
    ['proposal-starts', 'tabbed', ['binding/unreadable']],
    ['phases', 'written', []],
  ]
  it.each(cases)('%s/%s', (situation, name, codes) => {
    const change = changeOf(situation, name)
    expect(change.binding).toMatchObject({ source: 'none', id: null, identifier: null, file: null })
    expect(codesOf(change)).toEqual(codes)
  })
})

it('never evaluates frontmatter', () => {
  changeOf('proposal-starts', 'hostile')
  expect('opsxEvaluated' in globalThis).toBe(false)
})

it('calls fields that disagree an error on that change', () => {
  const cases = [
    ['disagrees', { key: 'linear_story_id', one: 'RDR-35', other: 'RDR-34' }],
    ['two-places', { key: 'issue.identifier', one: 'RDR-36', other: 'RDR-37' }],
  ] as const
  for (const [name, args] of cases) {
    const { findings } = changeOf('binding-fields', name)
    expect(findings).toMatchObject([
      { code: 'binding/disagreement', severity: 'critical', args, change: name },
    ])
  }
})

it('shows a weak binding as such', () => {
  expect(codesOf(changeOf('weak-link', 'keep-place'))).toEqual(['binding/link-only'])
})
