import { OpsxError } from '../errors.ts'
import type { LocalServer } from '../ports/local-server.ts'
import type { LinearPorts } from './propose-registry.ts'

export interface TeamPorts extends LinearPorts {
  serveLocal(options: { directory: string; port: number; keepAlive: boolean }): Promise<LocalServer>
}

interface FoundTeam {
  organizationId: string
  team: { key: string; id: string; name: string } | null
}

interface TeamSearch {
  slug: string
  team: string | undefined
  root: string
  offline: boolean
}

/** The ids of workspace and team from Linear. Blank with --offline or without an API key. */
export async function lookUpTeam(
  ports: TeamPorts,
  { slug, team, root, offline }: TeamSearch,
): Promise<FoundTeam> {
  if (slug === 'local') return { organizationId: '', team: await localTeam(ports, root) }
  const known = team ? { key: team, id: '', name: '' } : null
  if (offline || !(await ports.hasCredential({ slug }))) return { organizationId: '', team: known }
  const tracker = await ports.tracker({ slug })
  const board = await tracker.readLinearData({ teams: team ? [team] : [], issues: [] })
  const { organization } = board
  if (organization.slug !== slug && !organization.previousSlugs.includes(slug)) {
    throw new OpsxError(
      'WORKSPACE_MISMATCH',
      `The API key belongs to workspace "${organization.slug}", not to "${slug}".`,
      {
        hint: `Use an API key of "${slug}", or opsx init --workspace ${organization.slug}.`,
      },
    )
  }
  const live = board.teams.find(candidate => candidate.key === team)
  if (team && !live) {
    throw new OpsxError(
      'TEAM_MISMATCH',
      `Workspace "${slug}" has no team ${team} that this API key has access to.`,
      {
        hint: 'The key of a team is the letters that its issues begin with, such as CAM in CAM-15.',
      },
    )
  }
  return {
    organizationId: organization.id,
    team: live ? { key: live.key, id: live.id, name: live.name } : null,
  }
}

/** Throws USAGE for a malformed workspace slug or team key. */
export function refuseInvalidNames(slug: string, team: string | undefined): void {
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(slug)) {
    throw new OpsxError('USAGE', `"${slug}" is not a workspace slug.`, {
      hint: 'Give the part after linear.app/, such as acme.',
    })
  }
  if (team !== undefined && !/^[A-Z][A-Z0-9]*$/.test(team)) {
    throw new OpsxError('USAGE', `"${team}" is not a team key.`, {
      hint: 'Give the letters that its issues begin with, such as CAM in CAM-15.',
    })
  }
}

async function localTeam(ports: TeamPorts, root: string): Promise<FoundTeam['team']> {
  const server = await ports.serveLocal({ directory: root, port: 0, keepAlive: false })
  return server.board.team()
}
