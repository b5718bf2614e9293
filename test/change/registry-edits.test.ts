import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { pinWorkspace, registerProject, registerTeam } from '../../src/change/registry/registry-edits.ts'
import { awkwardString } from '../support/yaml-texts.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 5000 : 200, seed: 37 }
const team = { key: 'CAM', id: '0ee3fb44-535c-47b7-b000-51617a6a3e18', name: 'Camera' }
const project = { slug: 'build-performance', id: '5c2059d671db', name: 'Build', teams: ['CAM'] }
const workspace = { slug: 'acme', id: '7f1d' }

const FULL = `workspace:
  slug: "acme"
  id: "7f1d"
teams:
  "CAM":
    id: "0ee3fb44-535c-47b7-b000-51617a6a3e18"
    name: "Camera"
projects:
  "build-performance":
    id: "5c2059d671db"
    name: "Build"
    teams: ["CAM"]
`

describe('the registry is filled', () => {
  it('from nothing, in any order', () => {
    expect(pinWorkspace(registerProject(registerTeam('', team), project), workspace)).toBe(FULL)
    expect(registerProject(registerTeam(pinWorkspace('', workspace), team), project)).toBe(FULL)
  })

  it('beside teams in flow style', () => {
    const text = 'teams:\n  "ENG": { id: "x", name: "E" } # first\n# end\n'
    expect(registerTeam(text, { ...team, id: 'y' })).toBe(
      'teams:\n  "ENG": { id: "x", name: "E" } # first\n  "CAM": { id: "y", name: "Camera" }\n# end\n',
    )
  })

  it('in place of empty braces, with comments kept', () => {
    const text = '# ours\nteams: {} # none\nprojects:\n  # "x": {}\n'
    const result = registerProject(registerTeam(text, { ...team, id: 'y' }), project)
    expect(result).toBe(
      '# ours\nteams:    # none\n  "CAM":\n    id: "y"\n    name: "Camera"\nprojects:\n  "build-performance":\n    id: "5c2059d671db"\n    name: "Build"\n    teams: ["CAM"]\n  # "x": {}\n',
    )
  })

  it('behind comments that belong to the entry above', () => {
    const text = 'projects:\n  a:\n    id: "1"\n    # knowledge about a\n\ndefaults: {}\r\n'
    expect(registerProject(text, { slug: 'b', id: '2', name: 'B', teams: [] })).toBe(
      'projects:\n  a:\n    id: "1"\n    # knowledge about a\n  b:\n    id: "2"\n    name: "B"\n    teams: []\n\ndefaults: {}\r\n',
    )
  })

  it('with blanks only, placeholders included', () => {
    const text = 'workspace: { slug: "", id: "<id>" } # pin me\nteams:\n  CAM: { id: TBD }\n'
    expect(pinWorkspace(text, workspace)).toBe(
      'workspace: { slug: "acme", id: "7f1d" } # pin me\nteams:\n  CAM: { id: TBD }\n',
    )
    expect(registerTeam(text, { ...team, id: 'y' })).toBe(
      'workspace: { slug: "", id: "<id>" } # pin me\nteams:\n  CAM: { id: "y", name: "Camera" }\n',
    )
  })

  it('before the keys of a legacy file, its heading kept on top', () => {
    expect(pinWorkspace('# binding\n\nteam:\n  key: "POR"\n', workspace)).toBe(
      '# binding\n\nworkspace:\n  slug: "acme"\n  id: "7f1d"\nteam:\n  key: "POR"\n',
    )
  })
})

describe('the registry stays as it is', () => {
  it('when everything is there', () => {
    expect(registerTeam(FULL, team)).toBe(FULL)
    expect(registerProject(FULL, project)).toBe(FULL)
    expect(pinWorkspace(FULL, workspace)).toBe(FULL)
  })

  const other: [string, string][] = [
    [
      'another id under the key',
      'teams: {CAM: {id: "other"}}\nprojects: {build-performance: {id: "other"}}\n',
    ],
    [
      'other names and teams',
      FULL.replace('Camera', 'Kamera').replace('"Build"', '"B"').replace('["CAM"]', '["ENG"]'),
    ],
  ]
  it.each(other)('with %s', (_, text) => {
    expect(registerTeam(text, team)).toBe(text)
    expect(registerProject(text, project)).toBe(text)
  })

  it.each(['workspace: {slug: other}\n', 'workspace: {id: other, slug: ""}\n'])(
    'with another workspace: %s',
    text => {
      expect(pinWorkspace(text, workspace)).toBe(text)
    },
  )
})

it('a registry that is no mapping there is refused', () => {
  expect(() => registerTeam('teams: [CAM]\n', team)).toThrow(
    expect.objectContaining({ code: 'EDIT_REFUSED' }),
  )
  expect(() => pinWorkspace('workspace: acme\n', workspace)).toThrow(
    expect.objectContaining({ code: 'EDIT_REFUSED' }),
  )
})

it('any key and name reads back, next to what was there', () => {
  const base = fc.constantFrom(
    '',
    '# c\n',
    FULL,
    '{"teams": {"X": {"id": "1"}}}',
    'teams:\n    ENG: {id: x}\r\n',
  )
  const property = fc.property(base, awkwardString, awkwardString, (text, key, name) => {
    fc.pre(key !== '__proto__' && key !== 'CAM' && name.trim().length > 5)
    const result = registerTeam(text, { key, id: name, name })
    const before = parse(text) ?? {}
    expect(parse(result)).toEqual({ ...before, teams: { ...before.teams, [key]: { id: name, name } } })
    expect(registerTeam(result, { key, id: name, name })).toBe(result)
  })
  fc.assert(property, runs)
})
