import type { RegistryProject } from '../change/registry.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { BoardProject } from '../ports/tracker.ts'
import type { Check } from '../report/doctor.ts'
import type { BoardFacts } from './board-checks.ts'

/** Registered projects by UUID or slugId; one that is not there comes with those that have its name. */
export function checkProjects({ registry, setup }: BoardFacts): Check {
  const findings = registry.projects.flatMap(project => projectFindings(project, setup.projects))
  return { name: 'projects', says: `${registry.projects.length} registered`, findings }
}

function projectFindings({ slug, id, name }: RegistryProject, live: BoardProject[]): Finding[] {
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
