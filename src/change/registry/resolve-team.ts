import { type Finding, finding } from '../../findings/finding.ts'
import type { Binding } from '../change.ts'
import type { Registry, RegistryProject, RegistryTeam } from './registry.ts'

/**
 * The registry's team of a binding: by key, name, then id; without one, a legacy file's only team, else the
 * identifier's prefix. Null for an unbound change, or with a finding.
 */
export function teamOf(
  binding: Binding,
  registry: Registry,
): { team: RegistryTeam | null; findings: Finding[] } {
  if (binding.source === 'none' || registry.dialect === 'none') return { team: null, findings: [] }
  const prefix = binding.identifier?.replace(/-\d+$/, '') ?? null
  const only = registry.dialect === 'legacy' ? registry.teams[0] : undefined
  if (binding.team === null && only) return { team: only, findings: [] }
  const wanted = binding.team ?? prefix
  if (wanted === null) return { team: null, findings: [] }
  const team = named(registry.teams, wanted, item => [item.key, item.name, item.id])
  if (team) return { team, findings: [] }
  const place = binding.file === null ? {} : { file: binding.file }
  return { team: null, findings: [finding('binding/team-unknown', 'warning', { team: wanted }, place)] }
}

/**
 * The registry's project of a binding: by slug, name, then id. Without one, a legacy file's project; a registry
 * without it means no project.
 */
export function projectOf(
  binding: Binding,
  registry: Registry,
): { project: RegistryProject | null; findings: Finding[] } {
  if (binding.source === 'none' || registry.dialect === 'none') return { project: null, findings: [] }
  if (binding.project === null) {
    return { project: registry.dialect === 'legacy' ? (registry.projects[0] ?? null) : null, findings: [] }
  }
  const wanted = binding.project
  const project = named(registry.projects, wanted, item => [item.slug, item.name, item.id])
  if (project) return { project, findings: [] }
  const place = binding.file === null ? {} : { file: binding.file }
  return {
    project: null,
    findings: [finding('binding/project-unknown', 'warning', { project: wanted }, place)],
  }
}

/** The item that the first kind of name matches, exactly or else without regard to case. */
function named<T>(items: T[], wanted: string, namesOf: (item: T) => (string | null)[]): T | undefined {
  const folded = wanted.toLowerCase()
  for (const kind of [0, 1, 2]) {
    const exact = items.find(item => namesOf(item)[kind] === wanted)
    const match = exact ?? items.find(item => namesOf(item)[kind]?.toLowerCase() === folded)
    if (match) return match
  }
  return undefined
}
