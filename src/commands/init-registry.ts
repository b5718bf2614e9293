import { parseRegistry } from '../change/parse-registry.ts'
import { REGISTRY_PATH } from '../change/read-registry.ts'
import type { Context } from '../context.ts'
import { OpsxError } from '../errors.ts'

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

async function localTeam(context: Context, root: string): Promise<FoundTeam['team']> {
  const server = await context.serveLocal({ directory: root, port: 0, keepAlive: false })
  return server.board.team()
}

/** linear.yaml with workspace and team in it: a new file, or the old one with blanks filled and the rest kept. */
export async function registryText(
  before: string | undefined,
  found: FoundTeam & { slug: string },
): Promise<string> {
  const { slug, organizationId, team } = found
  if (before === undefined || before.trim() === '') return newRegistry(found)
  const { pinWorkspace, registerTeam, repinWorkspace } = await import('../change/registry-edits.ts')
  const pin = parseRegistry(before, REGISTRY_PATH).workspace.slug === null ? pinWorkspace : repinWorkspace
  const pinned = pin(before, { slug, id: organizationId })
  return team ? registerTeam(pinned, team) : pinned
}

function newRegistry({ slug, organizationId, team }: FoundTeam & { slug: string }): string {
  const lines = [
    `workspace: { slug: ${JSON.stringify(slug)}, id: ${JSON.stringify(organizationId)} }`,
    'defaults:',
    '  archive_documents: { enabled: true, title_prefix: "OpenSpec:" }',
    '  max_review_rounds: 3',
    team ? 'teams:' : 'teams: {}',
  ]
  if (team) {
    const { key, id, name } = team
    lines.push(`  ${JSON.stringify(key)}: { id: ${JSON.stringify(id)}, name: ${JSON.stringify(name)} }`)
  }
  lines.push('projects: {}')
  return `${lines.join('\n')}\n`
}
