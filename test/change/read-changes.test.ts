import { describe, expect, it } from 'vitest'
import { hasContent } from '../../src/change/has-content.ts'
import { readChanges } from '../../src/change/read-changes.ts'
import { sharedIssueFindings } from '../../src/change/shared-issue.ts'
import { OpsxError } from '../../src/errors.ts'
import { changeOf, codesOf, fixture } from '../support/fixture.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

describe('the phase of a change', () => {
  const cases: [string, string][] = [
    ['scaffold', 'Backlog'],
    ['brainstorm-only', 'Backlog'],
    ['template-only', 'Backlog'],
    ['written', 'Todo'],
    ['deferred-only', 'Todo'],
    ['begun', 'In Progress'],
    ['undecided', 'In Progress'],
    ['failed', 'In Progress'],
    ['passed', 'In Review'],
    ['rejected', 'In Progress'],
    ['rejected-before', 'In Review'],
    ['cancelled', 'Canceled'],
    ['duplicate', 'Duplicate'],
    ['reopened', 'Todo'],
    ['shipped', 'Done'],
  ]
  it.each(cases)('%s is %s', (name, phase) => {
    expect(changeOf('phases', name).phase).toBe(phase)
  })
})

describe('the walk', () => {
  const directories = (situation: string, selection: Parameters<typeof readChanges>[1]) =>
    readChanges(fixture(situation), selection).map(each => each.directory.replace('openspec/changes/', ''))

  it('leaves out dot directories, files and, unless asked for, the archive', () => {
    const names = directories('phases', { archived: 'none' })
    expect(names).toContain('written')
    expect(names.filter(name => /^\.|^archive|\.md$/.test(name))).toEqual([])
    expect(directories('phases', { archived: 'all' })).toContain('archive/2026-03-01-shipped')
  })

  it('orders by name, an active change before archived ones', () => {
    expect(directories('archived-twin', { archived: 'all' })).toEqual([
      'again',
      'archive/2026-04-02-again',
      'archive/2026-04-01-keep-place',
    ])
  })

  it('takes the archived twin for the active directory, with a finding', () => {
    for (const archived of ['none', 'all'] as const) {
      const [twin, ...more] = readChanges(fixture('archived-twin'), { archived, names: ['keep-place'] })
      expect(twin).toMatchObject({ archived: true, twin: true, binding: { identifier: 'RDR-61' } })
      expect(twin && codesOf(twin)).toEqual(['change/archived-twin'])
      expect(more).toEqual([])
    }
  })

  it('reads only the named changes', () => {
    expect(directories('phases', { archived: 'all', names: ['begun', 'shipped', 'nowhere'] })).toEqual([
      'begun',
      'archive/2026-03-01-shipped',
    ])
  })

  it('finds nothing where there is no openspec directory', () => {
    expect(readChanges(memoryWorkspace({}), { archived: 'all' })).toEqual([])
  })

  it('goes on after a change that cannot be read', () => {
    const files = memoryWorkspace({
      'openspec/changes/bad/proposal.md': 'Text.',
      'openspec/changes/bad/tasks.md': '- [x] One\n',
      'openspec/changes/good/proposal.md': 'Text.',
    })
    const read = (path: string) => {
      if (path.endsWith('bad/tasks.md')) throw new OpsxError('FILE_UNREADABLE', 'tasks.md is not UTF-8 text')
      return files.read(path)
    }
    const [bad, good] = readChanges({ ...files, read }, { archived: 'none' })
    expect(bad?.findings).toMatchObject([
      { code: 'change/unreadable', change: 'bad', args: { reason: 'tasks.md is not UTF-8 text' } },
    ])
    expect(good).toMatchObject({ name: 'good', findings: [] })
  })
})

it('reports where two changes share an issue and one of them is open', () => {
  const findings = sharedIssueFindings(readChanges(fixture('shared-issue'), { archived: 'all' }))
  expect(findings.map(({ code, change, args }) => ({ code, change, args }))).toEqual([
    { code: 'binding/shared-issue', change: 'list', args: { identifier: 'RDR-71', others: 'page' } },
    { code: 'binding/shared-issue', change: 'page', args: { identifier: 'RDR-71', others: 'list' } },
  ])
})

describe('a proposal has content', () => {
  const cases: [string, boolean][] = [
    ['', false],
    ['# Title\n\n## Why\n', false],
    ['Title\n=====\n\nPart\n---\n', false],
    ['<!-- one\n\ntwo --> \n<!-- three -->', false],
    ['<!-- left open\n\nText.', false],
    ['<describe the problem>\n- From:\n- **To**: <new>\n- `<name>`: <what>\n', false],
    ['TBD\n- none\n- [ ] todo\n***\n', false],
    ['<!-- a --> Text <!-- b -->', true],
    ['- From: the old way\n', true],
    ['```\ncode\n```\n', true],
    ['1. Vorher und nachher\n', true],
    ['說明\n', true],
  ]
  it.each(cases)('%j: %s', (text, expected) => {
    expect(hasContent(text, 0)).toBe(expected)
  })

  it('in 2 MB of nothing', () => {
    for (const unit of ['\n', '<', '<!--', '<!-- -->\n', '# \n', '- \n', '*', '-', '<a>', ' ']) {
      hasContent(unit.repeat(2_000_000 / unit.length), 0)
    }
  })
})
