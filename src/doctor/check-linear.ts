import type { Registry, RegistryProject } from '../change/registry/registry.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { LinearData, LinearProject, Tracker } from '../ports/tracker.ts'
import type { Check } from './check.ts'
import { checkIssues } from './check-issues.ts'
import { checkTeam } from './check-team.ts'
import { type LinearFacts, readLinearFacts } from './linear-facts.ts'

/** Checks the workspace, the registered teams and projects, and every bound issue. */
export async function checkLinear(
  tracker: Tracker,
  registry: Registry,
  changes: TrackedChange[],
): Promise<Check[]> {
  const bound = changes.filter(change => change.binding.source !== 'none')
  const facts = await readLinearFacts(tracker, registry, bound)
  return [
    { name: 'credential', says: 'accepted', findings: [] },
    checkWorkspace(registry, facts.linear),
    ...registry.teams.map(team => checkTeam(team, facts)),
    ...(registry.projects.length > 0 ? [checkProjects(facts)] : []),
    checkIssues(facts),
  ]
}

function checkWorkspace({ workspace }: Registry, { organization }: LinearData): Check {
  const says = `the key belongs to "${organization.slug}" (${organization.name})`
  const check = (findings: Finding[]): Check => ({ name: 'workspace', says, findings })
  if (!workspace.slug)
    return check([finding('workspace/unpinned', 'critical', { organization: organization.slug })])
  const known = [organization.slug, ...organization.previousSlugs].includes(workspace.slug)
  if (known && (!workspace.id || workspace.id === organization.id)) return check([])
  const args = { expected: workspace.slug, actual: organization.slug }
  return check([finding('workspace/mismatch', 'critical', args)])
}

/** Finds projects by UUID or slugId. A missing one is reported with the projects of the same name. */
function checkProjects({ registry, setup }: LinearFacts): Check {
  const findings = registry.projects.flatMap(project => projectFindings(project, setup.projects))
  return { name: 'projects', says: `${registry.projects.length} registered`, findings }
}

function projectFindings({ slug, id, name }: RegistryProject, live: LinearProject[]): Finding[] {
  if (live.some(project => project.id === id)) return []
  const bySlug = live.find(project => project.slugId === id)
  if (bySlug && id) {
    const args = { project: slug, slugId: id, id: bySlug.id }
    return [finding('board/project-by-slug', 'suggestion', args)]
  }
  const alike = live.filter(project => project.name === (name ?? slug))
  const candidates = alike.map(project => `"${project.id}" (${project.name})`).join(', ')
  return [finding('board/project-not-found', 'warning', { project: slug, id: id ?? '', candidates })]
}
