import { describe, expect, it } from 'vitest'
import { adoptionOf } from '../../src/change/adoption.ts'
import { readChanges } from '../../src/change/read-changes.ts'
import { readRegistry } from '../../src/change/registry/read-registry.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

function found(files: Record<string, string>) {
  const workspace = memoryWorkspace(files)
  return adoptionOf(readChanges(workspace, { archived: 'all' }), readRegistry(workspace))
}

function proposal(...lines: string[]): string {
  return `---\n${lines.join('\n')}\n---\n\n## Why\n\nBecause.\n`
}

const CHANGES = 'openspec/changes'

describe('the changes of a repository', () => {
  it('is nothing in an empty one', () => {
    expect(found({})).toEqual({
      open: 0,
      archived: 0,
      bound: 0,
      linked: 0,
      unbound: [],
      schemas: [],
      workspaces: [],
      teams: [],
      projects: [],
    })
  })

  it('is workspace, teams and projects as the bindings spell them, most used first', () => {
    const link = (identifier: string) =>
      `linear_story_url: https://linear.app/Harbour/issue/${identifier}/a-title`
    const { workspaces, teams, projects, bound } = found({
      [`${CHANGES}/add-a/proposal.md`]: proposal(
        link('DCK-1'),
        'linear_team: Docks',
        'linear_project: "North Quay"',
      ),
      [`${CHANGES}/add-b/proposal.md`]: proposal(
        link('DCK-2'),
        'linear_team: DCK',
        'linear_project: north-quay',
      ),
      [`${CHANGES}/archive/2026-01-02-add-c/proposal.md`]: proposal('linear_story_id: LGT-7'),
      [`${CHANGES}/add-d/linear.yaml`]: 'issue: { identifier: DCK-3 }\nproject: 0123456789ab\n',
      [`${CHANGES}/add-d/proposal.md`]: '## Why\n\nBecause.\n',
    })
    expect(bound).toBe(4)
    expect(workspaces).toEqual([{ name: 'harbour', changes: 2 }])
    expect(teams).toEqual([
      { key: 'DCK', name: 'Docks', id: null, changes: 3 },
      { key: 'LGT', name: null, id: null, changes: 1 },
    ])
    expect(projects).toEqual([
      { slug: 'north-quay', name: 'North Quay', id: null, teams: ['DCK'], changes: 2 },
      { slug: '0123456789ab', name: '0123456789ab', id: '0123456789ab', teams: ['DCK'], changes: 1 },
    ])
  })

  it('distinguishes links from bindings, and open changes without either', () => {
    const { linked, bound, unbound, open, archived } = found({
      [`${CHANGES}/add-a/proposal.md`]:
        '## Linear Issue\n\n[DCK-1](https://linear.app/harbour/issue/DCK-1/a)\n\n## Why\n\nBecause.\n',
      [`${CHANGES}/add-b/proposal.md`]: '## Why\n\nAs DCK-9 https://linear.app/harbour/issue/DCK-9 says.\n',
      [`${CHANGES}/archive/2026-01-02-add-c/proposal.md`]: '## Why\n\nBecause.\n',
    })
    expect({ linked, bound, unbound, open, archived }).toEqual({
      linked: 1,
      bound: 0,
      unbound: ['add-b'],
      open: 2,
      archived: 1,
    })
  })

  it('takes the workspace from the documents of the registry where no binding has a link', () => {
    const { workspaces } = found({
      'openspec/linear.yaml': [
        'team: { key: DCK }',
        'project: { name: North Quay }',
        'archive_documents:',
        '  documents:',
        '    berths: { url: "https://linear.app/harbour/document/berths-22a91fafcb21" }',
        '',
      ].join('\n'),
    })
    expect(workspaces).toEqual([{ name: 'harbour', changes: 1 }])
  })
})
