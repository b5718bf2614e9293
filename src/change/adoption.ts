import type { Binding, Change } from './change.ts'
import { UUID } from './parse-binding.ts'
import { projectSlug } from './registry/project-slug.ts'
import type { Registry } from './registry/registry.ts'

/** A value that changes use, with how many of them do. */
export interface Used {
  name: string
  changes: number
}

export interface UsedTeam {
  /** What the identifiers of the issues begin with. */
  key: string
  /** As proposals spell the team when they do not give its key. */
  name: string | null
  id: string | null
  changes: number
}

export interface UsedProject {
  slug: string
  /** As proposals spell it. */
  name: string
  id: string | null
  /** Keys. */
  teams: string[]
  changes: number
}

/** What the changes of a repository say about the way it already works; lists begin with what is used most. */
export interface Adoption {
  open: number
  archived: number
  /** Changes with a binding that opsx writes to. */
  bound: number
  /** Changes bound only by a link in their text. */
  linked: number
  /** Names of open changes without a binding. */
  unbound: string[]
  schemas: Used[]
  /** Slugs in the links of bindings. */
  workspaces: Used[]
  teams: UsedTeam[]
  projects: UsedProject[]
}

const SLUG_ID = /^[0-9a-f]{12}$/i

/** `registry` tells the workspace by the links of its documents when no binding has a link. */
export function adoptionOf(changes: Change[], registry: Pick<Registry, 'projects'>): Adoption {
  const bindings = changes.map(change => change.binding).filter(({ source }) => source !== 'none')
  const open = changes.filter(change => !change.archived)
  const workspaces = usedOf(bindings.map(workspaceOf))
  return {
    open: open.length,
    archived: changes.length - open.length,
    bound: bindings.filter(({ source }) => source !== 'link').length,
    linked: bindings.filter(({ source }) => source === 'link').length,
    unbound: open.filter(({ binding }) => binding.source === 'none').map(({ name }) => name),
    schemas: usedOf(changes.map(({ schema }) => schema)),
    workspaces: workspaces.length > 0 ? workspaces : usedOf(documentLinksOf(registry).map(workspaceOf)),
    teams: teamsOf(bindings),
    projects: projectsOf(bindings),
  }
}

function workspaceOf({ url }: { url: string | null }): string | null {
  const slug = /^https:\/\/linear\.app\/([a-z0-9][a-z0-9_-]*)\/(?:issue|document)\//i.exec(url ?? '')?.[1]
  return slug?.toLowerCase() ?? null
}

function documentLinksOf({ projects }: Pick<Registry, 'projects'>): { url: string | null }[] {
  return projects.flatMap(({ documents }) => Object.values(documents))
}

function keyOf({ identifier }: Binding): string | null {
  return identifier?.replace(/-\d+$/, '').toUpperCase() ?? null
}

function usedOf(names: (string | null)[]): Used[] {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, changes]) => ({ name, changes })).sort((a, b) => b.changes - a.changes)
}

function teamsOf(bindings: Binding[]): UsedTeam[] {
  return usedOf(bindings.map(keyOf)).map(({ name: key, changes }) => {
    const spelled = bindings.filter(each => keyOf(each) === key).map(({ team }) => team)
    const names = spelled.filter(team => team !== null && !UUID.test(team) && team.toUpperCase() !== key)
    const id = spelled.find(team => team !== null && UUID.test(team)) ?? null
    return { key, name: usedOf(names)[0]?.name ?? null, id, changes }
  })
}

function projectsOf(bindings: Binding[]): UsedProject[] {
  return usedOf(bindings.map(({ project }) => project && projectSlug(project))).flatMap(
    ({ name: slug, changes }) => {
      const own = bindings.filter(({ project }) => project && projectSlug(project) === slug)
      const name = own[0]?.project
      if (slug === '' || !name) return []
      const id = UUID.test(name) || SLUG_ID.test(name) ? name : null
      const teams = usedOf(own.map(keyOf)).map(team => team.name)
      return [{ slug, name, id, teams, changes }]
    },
  )
}
