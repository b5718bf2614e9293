import type { Context } from '../adapters/context.ts'
import { parseRegistry } from '../change/parse-registry.ts'
import { REGISTRY_PATH } from '../change/read-registry.ts'
import { OpsxError } from '../errors.ts'
import type { RegistryProposal } from './init-proposal.ts'

export interface FoundTeam {
  organizationId: string
  team: { key: string; id: string; name: string } | null
}

export interface TeamSearch {
  slug: string
  team: string | undefined
  root: string
  offline: boolean
}

/** The workspace's id and the team's, from Linear when it can be asked; blank ids otherwise. */
export async function lookUpTeam(
  context: Context,
  { slug, team, root, offline }: TeamSearch,
): Promise<FoundTeam> {
  if (slug === 'local') return { organizationId: '', team: await localTeam(context, root) }
  const known = team ? { key: team, id: '', name: '' } : null
  if (offline || !(await context.hasCredential({ slug }))) return { organizationId: '', team: known }
  const tracker = await context.tracker({ slug })
  const board = await tracker.readBoard({ teams: team ? [team] : [], issues: [] })
  const { organization } = board
  if (organization.slug !== slug && !organization.previousSlugs.includes(slug)) {
    throw new OpsxError(
      'WORKSPACE_MISMATCH',
      `The key in the environment belongs to workspace "${organization.slug}", not to "${slug}".`,
      {
        hint: `Use a key of "${slug}", or opsx init --workspace ${organization.slug}.`,
      },
    )
  }
  const live = board.teams.find(candidate => candidate.key === team)
  if (team && !live) {
    throw new OpsxError('TEAM_MISMATCH', `Workspace "${slug}" has no team ${team} that this key may see.`, {
      hint: 'The key of a team is what its issues begin with, such as CAM in CAM-15.',
    })
  }
  return {
    organizationId: organization.id,
    team: live ? { key: live.key, id: live.id, name: live.name } : null,
  }
}

/** Throws USAGE for what can be neither a workspace nor a team. */
export function refuseOddNames(slug: string, team: string | undefined): void {
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(slug)) {
    throw new OpsxError('USAGE', `"${slug}" is no workspace.`, {
      hint: 'Give the part behind linear.app/, such as acme.',
    })
  }
  if (team !== undefined && !/^[A-Z][A-Z0-9]*$/.test(team)) {
    throw new OpsxError('USAGE', `"${team}" is no team key.`, {
      hint: 'Give what issues begin with, such as CAM in CAM-15.',
    })
  }
}

async function localTeam(context: Context, root: string): Promise<FoundTeam['team']> {
  const server = await context.serveLocal({ directory: root, port: 0, keepAlive: false })
  return server.board.team()
}

/**
 * linear.yaml with workspace, teams and projects in it: a new file, or the old one with blanks filled and the rest kept.
 * An older file, of one team and one project, gets the pin alone.
 */
export async function registryText(before: string | undefined, wanted: RegistryProposal): Promise<string> {
  if (before === undefined || before.trim() === '') return newRegistry(wanted)
  const { pinWorkspace, registerProject, registerTeam, repinWorkspace } = await import(
    '../change/registry-edits.ts'
  )
  const { dialect, workspace } = parseRegistry(before, REGISTRY_PATH)
  const pin = workspace.slug === null ? pinWorkspace : repinWorkspace
  const pinned = pin(before, { slug: wanted.slug, id: wanted.organizationId })
  if (dialect === 'legacy') return pinned
  const withTeams = wanted.teams.reduce(registerTeam, pinned)
  return wanted.projects.reduce(registerProject, withTeams)
}

function newRegistry({ slug, organizationId, teams, projects }: RegistryProposal): string {
  const quoted = JSON.stringify
  const team = ({ key, id, name }: RegistryProposal['teams'][number]) =>
    `  ${quoted(key)}: { id: ${quoted(id)}, name: ${quoted(name)} }`
  const project = ({ slug, id, name, teams }: RegistryProposal['projects'][number]) =>
    `  ${quoted(slug)}: { id: ${quoted(id)}, name: ${quoted(name)}, teams: [${teams.map(key => quoted(key)).join(', ')}] }`
  return [
    `workspace: { slug: ${quoted(slug)}, id: ${quoted(organizationId)} }`,
    'defaults:',
    '  archive_documents: { enabled: true, title_prefix: "OpenSpec:" }',
    '  max_review_rounds: 3',
    ...(teams.length > 0 ? ['teams:', ...teams.map(team)] : ['teams: {}']),
    ...(projects.length > 0 ? ['projects:', ...projects.map(project)] : ['projects: {}']),
    '',
  ].join('\n')
}
