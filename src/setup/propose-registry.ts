import type { Adoption, ProjectUsage } from '../change/adoption.ts'
import { projectSlug } from '../change/registry/project-slug.ts'
import { OpsxError } from '../errors.ts'
import type { LinearData, LinearIssue, Tracker } from '../ports/tracker.ts'

export interface LinearPorts {
  hasCredential(settings: { slug: string | null }): Promise<boolean>
  tracker(settings: { slug: string | null }): Promise<Tracker>
}

/** A registry for the user to accept. An id is blank when it is unknown. */
export interface RegistryProposal {
  slug: string
  organizationId: string
  teams: { key: string; id: string; name: string }[]
  projects: { slug: string; id: string; name: string; teams: string[] }[]
}

export interface Proposed {
  /** Null when neither the proposals nor Linear name one workspace. */
  proposal: RegistryProposal | null
  /** Shown before the user is asked to agree. */
  notes: string[]
}

/** One request to Linear can ask for about this many issues. */
const MOST_ISSUES = 1000

/**
 * The registry that the changes already describe, with ids from Linear when there is an API key. Linear is only read.
 * When that fails, the proposal has no ids and a note gives the reason.
 */
export async function proposeRegistry(
  ports: LinearPorts,
  adoption: Adoption,
  request: { identifiers: string[]; offline: boolean },
): Promise<Proposed> {
  const notes: string[] = []
  const linked = adoption.workspaces
  if (linked.length > 1) {
    const names = linked.map(({ name, changes }) => `${name} (${changes})`).join(', ')
    notes.push(`The proposals link to several workspaces: ${names}.`)
    return { proposal: null, notes }
  }
  const slug = linked[0]?.name ?? null
  const linear = request.offline ? null : await readLinear(ports, { slug, adoption, request, notes })
  if (!linear) return { proposal: slug === null ? null : registryOf(slug, adoption, null), notes }
  const { organization } = linear
  if (slug !== null && slug !== organization.slug && !organization.previousSlugs.includes(slug)) {
    notes.push(`The API key belongs to workspace "${organization.slug}"; the proposals link to "${slug}".`)
    return { proposal: registryOf(slug, adoption, null), notes }
  }
  const proposal = registryOf(organization.slug, adoption, linear)
  const unseen = adoption.teams.filter(({ key }) => !proposal.teams.some(team => team.key === key))
  for (const { key } of unseen)
    notes.push(`Workspace "${organization.slug}" has no team ${key} that this API key has access to.`)
  return { proposal, notes }
}

async function readLinear(
  ports: LinearPorts,
  asked: { slug: string | null; adoption: Adoption; request: { identifiers: string[] }; notes: string[] },
): Promise<LinearData | null> {
  const { slug, adoption, request, notes } = asked
  try {
    if (!(await ports.hasCredential({ slug }))) return null
    const tracker = await ports.tracker({ slug })
    return await tracker.readLinearData({
      teams: adoption.teams.map(({ key }) => key),
      issues: request.identifiers.slice(0, MOST_ISSUES),
    })
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    notes.push(`Linear could not be read: ${error.message}`)
    return null
  }
}

/** When Linear was read, teams that it does not have are left out. */
export function registryOf(slug: string, adoption: Adoption, linear: LinearData | null): RegistryProposal {
  const teams = adoption.teams.flatMap(({ key, name, id }) => {
    const live = linear?.teams.find(team => team.key === key)
    if (linear && !live) return []
    return [{ key, id: live?.id ?? id ?? '', name: name ?? live?.name ?? '' }]
  })
  const keys = new Set(teams.map(({ key }) => key))
  const projects = adoption.projects.map(project => {
    const live = linear?.issues.map(issue => issue.project).find(each => each && isSame(each, project))
    const name = project.id === null ? project.name : (live?.name ?? '')
    return {
      slug: project.id !== null && live ? projectSlug(live.name) : project.slug,
      id: live?.id ?? project.id ?? '',
      name: live && name === project.slug ? live.name : name,
      teams: project.teams.filter(key => keys.has(key)),
    }
  })
  return { slug, organizationId: linear?.organization.id ?? '', teams, projects }
}

function isSame(live: NonNullable<LinearIssue['project']>, { slug, id }: ProjectUsage): boolean {
  if (id !== null) return live.id === id || live.slugId === id
  return projectSlug(live.name) === slug
}
