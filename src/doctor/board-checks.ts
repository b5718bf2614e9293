import type { Context } from '../adapters/context.ts'
import type { Registry } from '../change/registry.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Board, Setup, TeamName, Tracker } from '../ports/tracker.ts'
import type { Check } from '../report/doctor.ts'
import { checkIssues } from './issue-check.ts'
import { checkProjects } from './project-check.ts'
import { checkTeam, liveTeamOf } from './team-check.ts'

/** What Linear says of a repository's registry and issues. */
export interface BoardFacts {
  registry: Registry
  /** The bound changes. */
  changes: TrackedChange[]
  /** Every team that the key may see. */
  visible: TeamName[]
  board: Board
  setup: Setup
}

/** Workspace, registered teams and projects, and every bound issue, in three requests; no mutation. */
export async function checkBoard(
  context: Context,
  registry: Registry,
  changes: TrackedChange[],
): Promise<Check[]> {
  const tracker = await context.tracker({ slug: registry.workspace.slug })
  const bound = changes.filter(change => change.binding.source !== 'none')
  const facts = await readBoardFacts(tracker, registry, bound)
  return [
    { name: 'credential', says: 'accepted', findings: [] },
    checkWorkspace(registry, facts.board),
    ...registry.teams.map(team => checkTeam(team, facts)),
    ...(registry.projects.length > 0 ? [checkProjects(facts)] : []),
    checkIssues(facts),
  ]
}

async function readBoardFacts(
  tracker: Tracker,
  registry: Registry,
  changes: TrackedChange[],
): Promise<BoardFacts> {
  const visible = await tracker.readTeams()
  const teams = registry.teams.flatMap(team => liveTeamOf(team, visible)?.key ?? [])
  const refs = changes.flatMap(({ binding }) => [binding.id, binding.identifier])
  const issues = [...new Set(refs.filter(ref => ref !== null))]
  const board = await tracker.readBoard({ teams, issues })
  const projects = registry.projects.flatMap(({ id, name, slug }) => [id, name ?? slug])
  const asked = { teams, projects: [...new Set(projects.filter(ref => ref !== null))] }
  return { registry, changes, visible, board, setup: await tracker.readSetup(asked) }
}

function checkWorkspace({ workspace }: Registry, { organization }: Board): Check {
  const says = `the key belongs to "${organization.slug}" (${organization.name})`
  const check = (findings: Finding[]): Check => ({ name: 'workspace', says, findings })
  if (!workspace.slug)
    return check([finding('workspace/unpinned', 'critical', { organization: organization.slug })])
  const known = [organization.slug, ...organization.previousSlugs].includes(workspace.slug)
  if (known && (!workspace.id || workspace.id === organization.id)) return check([])
  const args = { expected: workspace.slug, actual: organization.slug }
  return check([finding('workspace/mismatch', 'critical', args)])
}
