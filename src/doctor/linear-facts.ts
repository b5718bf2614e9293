import type { Registry, RegistryTeam } from '../change/registry/registry.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { LinearData, Setup, TeamName, Tracker } from '../ports/tracker.ts'

/** The registry and the bound changes of a repository, and the answers of Linear about them. */
export interface LinearFacts {
  registry: Registry
  changes: TrackedChange[]
  /** Every team that the key has access to. */
  visible: TeamName[]
  linear: LinearData
  setup: Setup
}

/** Sends three requests and no mutation. */
export async function readLinearFacts(
  tracker: Tracker,
  registry: Registry,
  changes: TrackedChange[],
): Promise<LinearFacts> {
  const visible = await tracker.readTeams()
  const teams = registry.teams.flatMap(team => liveTeamOf(team, visible)?.key ?? [])
  const refs = changes.flatMap(({ binding }) => [binding.id, binding.identifier])
  const issues = [...new Set(refs.filter(ref => ref !== null))]
  const linear = await tracker.readLinearData({ teams, issues })
  const projects = registry.projects.flatMap(({ id, name, slug }) => [id, name ?? slug])
  const asked = { teams, projects: [...new Set(projects.filter(ref => ref !== null))] }
  return { registry, changes, visible, linear, setup: await tracker.readSetup(asked) }
}

/** The team in Linear for a team of the registry: by key, else by id, because a team can be renamed. */
export function liveTeamOf(team: RegistryTeam, visible: TeamName[]): TeamName | undefined {
  return visible.find(({ key }) => key === team.key) ?? visible.find(({ id }) => id === team.id)
}
