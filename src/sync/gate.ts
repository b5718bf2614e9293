import type { Registry, RegistryTeam } from '../change/registry/registry.ts'
import { teamOf } from '../change/registry/resolve-team.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { LinearData } from '../ports/tracker.ts'
import { issueOf } from './bound-issue.ts'

/**
 * The workspace gate: null when the credential is proven to belong to the workspace and
 * the teams that linear.yaml names, else the error that ends the run before its first write.
 */
export function gateOf(registry: Registry, linear: LinearData, teams: RegistryTeam[]): OpsxError | null {
  return (
    checkWorkspace(registry, linear) ?? firstRefusal(teams.map(team => checkTeam(team, registry, linear)))
  )
}

function checkWorkspace({ workspace, path }: Registry, { organization }: LinearData): OpsxError | null {
  const hint = `opsx init --workspace ${organization.slug}`
  if (!workspace.slug) {
    return new OpsxError(
      'WORKSPACE_UNPINNED',
      `${path} names no workspace; the API key belongs to "${organization.slug}".`,
      { hint: `If this is the right workspace, pin it: ${hint}` },
    )
  }
  const slugs = [organization.slug, ...organization.previousSlugs]
  const sameId = !workspace.id || workspace.id === organization.id
  if (slugs.includes(workspace.slug) && sameId) return null
  const expected = workspace.id ? `"${workspace.slug}" (${workspace.id})` : `"${workspace.slug}"`
  return new OpsxError(
    'WORKSPACE_MISMATCH',
    `${path} belongs to workspace ${expected}, but the API key belongs to "${organization.slug}" (${organization.id}).`,
    { hint: `Use a key of "${workspace.slug}", or pin the other workspace: ${hint} --yes` },
  )
}

function checkTeam(team: RegistryTeam, registry: Registry, linear: LinearData): OpsxError | null {
  const live = linear.teams.find(candidate => candidate.key === team.key)
  if (!live) {
    return new OpsxError(
      'TEAM_MISMATCH',
      `Team ${team.key} of ${registry.path} is not in workspace "${linear.organization.slug}".`,
      {
        hint: 'Correct the team key in the registry, or use a key that can read the team. opsx doctor lists the teams.',
      },
    )
  }
  if (!team.id || team.id === live.id) return null
  return new OpsxError(
    'TEAM_MISMATCH',
    `Team ${team.key} is ${team.id} in ${registry.path}, but ${live.id} in workspace "${linear.organization.slug}".`,
    { hint: `Check that the workspace is the right one, then write the team's id into ${registry.path}.` },
  )
}

function firstRefusal(refusals: (OpsxError | null)[]): OpsxError | null {
  return refusals.find(refusal => refusal !== null) ?? null
}

/** The registered teams that bound changes name, and those that their issues are in today; without doubles. */
export function usedTeamsOf(
  changes: TrackedChange[],
  registry: Registry,
  linear: LinearData,
): RegistryTeam[] {
  const used = changes.flatMap(change => {
    const home = issueOf(change, linear)?.team.key
    return [teamOf(change.binding, registry).team, registry.teams.find(team => team.key === home)]
  })
  return [...new Set(used.filter(team => team !== null && team !== undefined))]
}
