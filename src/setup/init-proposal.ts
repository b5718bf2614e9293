import type { Context } from '../adapters/context.ts'
import type { Adoption, UsedProject } from '../change/adoption.ts'
import { projectSlug } from '../change/project-slug.ts'
import { OpsxError } from '../errors.ts'
import type { Board, BoardIssue } from '../ports/tracker.ts'

/** A registry that nobody has agreed to yet; ids are blank where only Linear knows them. */
export interface RegistryProposal {
  slug: string
  organizationId: string
  teams: { key: string; id: string; name: string }[]
  projects: { slug: string; id: string; name: string; teams: string[] }[]
}

export interface Proposed {
  /** Null when neither the proposals nor Linear name one workspace. */
  proposal: RegistryProposal | null
  /** What a person should know before agreeing. */
  notes: string[]
}

/** One request of the board carries about this many issues. */
const MOST_ISSUES = 1000

/**
 * The registry that the changes already describe, with ids from Linear when a key is there. Linear is only read, and no
 * failure of it is one of the proposal: it becomes a note.
 */
export async function proposeRegistry(
  context: Context,
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
  const board = request.offline ? null : await readLinear(context, { slug, adoption, request, notes })
  if (!board) return { proposal: slug === null ? null : registryOf(slug, adoption, null), notes }
  const { organization } = board
  if (slug !== null && slug !== organization.slug && !organization.previousSlugs.includes(slug)) {
    notes.push(
      `The key in the environment belongs to workspace "${organization.slug}"; the proposals link to "${slug}".`,
    )
    return { proposal: registryOf(slug, adoption, null), notes }
  }
  const proposal = registryOf(organization.slug, adoption, board)
  const unseen = adoption.teams.filter(({ key }) => !proposal.teams.some(team => team.key === key))
  for (const { key } of unseen)
    notes.push(`Workspace "${organization.slug}" has no team ${key} that this key may see.`)
  return { proposal, notes }
}

async function readLinear(
  context: Context,
  asked: { slug: string | null; adoption: Adoption; request: { identifiers: string[] }; notes: string[] },
): Promise<Board | null> {
  const { slug, adoption, request, notes } = asked
  try {
    if (!(await context.hasCredential({ slug }))) return null
    const tracker = await context.tracker({ slug })
    return await tracker.readBoard({
      teams: adoption.teams.map(({ key }) => key),
      issues: request.identifiers.slice(0, MOST_ISSUES),
    })
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    notes.push(`Linear was not asked: ${error.message}`)
    return null
  }
}

/** With a board only what it has: a team or project that nobody can see there is not proposed. */
export function registryOf(slug: string, adoption: Adoption, board: Board | null): RegistryProposal {
  const teams = adoption.teams.flatMap(({ key, name, id }) => {
    const live = board?.teams.find(team => team.key === key)
    if (board && !live) return []
    return [{ key, id: live?.id ?? id ?? '', name: name ?? live?.name ?? '' }]
  })
  const keys = new Set(teams.map(({ key }) => key))
  const projects = adoption.projects.map(project => {
    const live = board?.issues.map(issue => issue.project).find(each => each && isSame(each, project))
    const name = project.id === null ? project.name : (live?.name ?? '')
    return {
      slug: project.id !== null && live ? projectSlug(live.name) : project.slug,
      id: live?.id ?? project.id ?? '',
      name: live && name === project.slug ? live.name : name,
      teams: project.teams.filter(key => keys.has(key)),
    }
  })
  return { slug, organizationId: board?.organization.id ?? '', teams, projects }
}

function isSame(live: NonNullable<BoardIssue['project']>, { slug, id }: UsedProject): boolean {
  if (id !== null) return live.id === id || live.slugId === id
  return projectSlug(live.name) === slug
}
