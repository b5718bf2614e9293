import { describe, expect, it } from 'vitest'
import type { Binding } from '../../src/change/change.ts'
import { UNBOUND } from '../../src/change/parse-binding.ts'
import { parseRegistry } from '../../src/change/registry/parse-registry.ts'
import type { Registry } from '../../src/change/registry/registry.ts'
import { projectOf, teamOf } from '../../src/change/registry/resolve-team.ts'
import { fixture } from '../support/fixture.ts'

const PATH = 'openspec/linear.yaml'

function registryOf(situation: string): Registry {
  return parseRegistry(fixture(situation).read(PATH), PATH)
}

describe('the registry', () => {
  it('is read with every setting', () => {
    expect(registryOf('registry-dialect')).toMatchObject({
      dialect: 'registry',
      workspace: { slug: 'reading-room', id: '3f0d1c52-8a44-4a0f-9c5e-5a4f7e2f1b10' },
      teams: [
        { key: 'RDR', states: { 'In Review': 'Code Review', Done: 'Shipped' } },
        { key: 'OPS', name: null, states: {} },
      ],
      projects: [
        { slug: 'shelf', id: 'a1b2c3d4e5f6', teams: ['RDR'], documents: { 'reading-list': { id: 'd0c0' } } },
      ],
      maxReviewRounds: 2,
      comments: 'review',
      onPrematureClose: 'restore',
      archiveDocuments: { enabled: false, titlePrefix: 'Spec:' },
      labelFilter: 'web',
    })
  })

  it('is made of one team and one project from a legacy file', () => {
    expect(registryOf('legacy-dialect')).toMatchObject({
      dialect: 'legacy',
      workspace: { slug: null, id: null },
      teams: [{ key: 'RDR', name: 'Reading Room', states: {} }],
      projects: [
        {
          slug: 'the-shelf',
          name: 'The Shelf',
          teams: ['RDR'],
          documents: { 'reading-list': { url: null } },
        },
      ],
      maxReviewRounds: 3,
      comments: 'all',
      onPrematureClose: 'report',
      labelFilter: null,
    })
  })

  it('wins over legacy keys, which fill its holes, with a warning', () => {
    const { dialect, teams, projects, findings } = registryOf('registry-mixed')
    expect({ dialect, team: teams[0]?.key, project: projects[0]?.slug }).toEqual({
      dialect: 'registry',
      team: 'RDR',
      project: 'old-project',
    })
    expect(findings.map(each => each.code)).toEqual(['registry/mixed-dialects'])
  })

  it.each(['registry-blank', 'phases'])('is not configured in %s', situation => {
    expect(registryOf(situation)).toMatchObject({ dialect: 'none', teams: [], projects: [], findings: [] })
  })

  it('tolerates odd leaves', () => {
    const { teams, projects, maxReviewRounds } = registryOf('registry-odd-leaves')
    expect(teams.map(({ key, id }) => [key, id])).toEqual([
      ['7', '12'],
      ['RDR', null],
    ])
    expect({ projects, maxReviewRounds }).toEqual({ projects: [], maxReviewRounds: 3 })
  })

  it.each([
    ['registry-duplicate-keys', 'openspec/linear.yaml:3: duplicated mapping key'],
    ['registry-list', 'openspec/linear.yaml:1: not a mapping'],
  ])('stops the run when it cannot be read: %s', (situation, message) => {
    expect(() => registryOf(situation)).toThrowError(
      expect.objectContaining({ code: 'REGISTRY_UNREADABLE', message }),
    )
  })
})

const bound = (fields: Partial<Binding>): Binding => ({
  ...UNBOUND,
  source: 'frontmatter',
  identifier: 'RDR-1',
  ...fields,
})

describe('the team of a binding', () => {
  const cases: [string, string, Partial<Binding>, string | null, number][] = [
    ['by key', 'registry-dialect', { team: 'OPS' }, 'OPS', 0],
    ['by key in another case', 'registry-dialect', { team: 'rdr' }, 'RDR', 0],
    ['by name', 'registry-dialect', { team: 'Reading Room' }, 'RDR', 0],
    ['by id', 'registry-dialect', { team: '7d4e5f60-1111-4222-8333-944445555666' }, 'OPS', 0],
    ['by the prefix of the identifier', 'registry-dialect', {}, 'RDR', 0],
    ['as the only one of a legacy file', 'legacy-dialect', { identifier: 'OLD-1' }, 'RDR', 0],
    ['unknown', 'registry-dialect', { team: 'Kitchen' }, null, 1],
    ['of an unknown prefix', 'registry-dialect', { identifier: 'KIT-1' }, null, 1],
    ['without a registry', 'phases', { team: 'RDR' }, null, 0],
    ['of an unbound change', 'registry-dialect', { source: 'none' }, null, 0],
  ]
  it.each(cases)('%s', (_, situation, fields, key, count) => {
    const { team, findings } = teamOf(bound(fields), registryOf(situation))
    expect(team?.key ?? null).toBe(key)
    expect(findings.map(each => each.code)).toEqual(Array(count).fill('binding/team-unknown'))
  })
})

describe('the project of a binding', () => {
  const cases: [string, string, Partial<Binding>, string | null, number][] = [
    ['by slug', 'registry-dialect', { project: 'shelf' }, 'shelf', 0],
    ['by name', 'registry-dialect', { project: 'The Shelf' }, 'shelf', 0],
    ['by slugId', 'registry-dialect', { project: 'a1b2c3d4e5f6' }, 'shelf', 0],
    ['none, on purpose', 'registry-dialect', {}, null, 0],
    ['as the only one of a legacy file', 'legacy-dialect', {}, 'the-shelf', 0],
    ['unknown', 'registry-dialect', { project: 'cellar' }, null, 1],
  ]
  it.each(cases)('%s', (_, situation, fields, slug, count) => {
    const { project, findings } = projectOf(bound(fields), registryOf(situation))
    expect(project?.slug ?? null).toBe(slug)
    expect(findings.map(each => each.code)).toEqual(Array(count).fill('binding/project-unknown'))
  })
})
