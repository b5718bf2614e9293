import type { Binding, Change } from './change.ts'
import { UUID } from './parse-binding.ts'
import { projectSlug } from './registry/project-slug.ts'
import type { Registry } from './registry/registry.ts'

/** A value that changes use, and how many of them use it. */
export interface Usage {
  name: string
  changes: number
}

export interface TeamUsage {
  /** What the identifiers of the issues begin with. */
  key: string
  /** The name of the team in proposals that do not give its key. */
  name: string | null
  id: string | null
  changes: number
}

export interface ProjectUsage {
  slug: string
  /** Its name in the proposals. */
  name: string
  id: string | null
  /** Keys of its teams. */
  teams: string[]
  changes: number
}

/** How the changes of a repository already use Linear and schemas. Lists begin with the most used value. */
export interface Adoption {
  open: number
  archived: number
  /** Changes with a binding that opsx writes to. */
  bound: number
  /** Changes bound only by a link in their text. */
  linked: number
  /** Names of open changes without a binding. */
  unbound: string[]
  schemas: Usage[]
  /** Slugs in the links of bindings. */
  workspaces: Usage[]
  teams: TeamUsage[]
  projects: ProjectUsage[]
}

const SLUG_ID = /^[0-9a-f]{12}$/i

/** Without a link in a binding, the workspace is that of the documents' links in `registry`. */
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

function usedOf(names: (string | null)[]): Usage[] {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, changes]) => ({ name, changes })).sort((a, b) => b.changes - a.changes)
}

function teamsOf(bindings: Binding[]): TeamUsage[] {
  return usedOf(bindings.map(keyOf)).map(({ name: key, changes }) => {
    const spelled = bindings.filter(each => keyOf(each) === key).map(({ team }) => team)
    const names = spelled.filter(team => team !== null && !UUID.test(team) && team.toUpperCase() !== key)
    const id = spelled.find(team => team !== null && UUID.test(team)) ?? null
    return { key, name: usedOf(names)[0]?.name ?? null, id, changes }
  })
}

function projectsOf(bindings: Binding[]): ProjectUsage[] {
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
