import * as z from 'zod/mini'
import { OpsxError } from '../../errors.ts'
import { finding } from '../../findings/finding.ts'
import { parseYaml, recordOf } from '../../markdown/parse-yaml.ts'
import { PHASES, type Phase } from '../states.ts'
import { projectSlug } from './project-slug.ts'
import { MAX_REVIEW_ROUNDS, type Registry, type RegistryProject, type RegistryTeam } from './registry.ts'
import { REGISTRY_FILE, type RegistryFile } from './registry-file.ts'

/**
 * Reads `openspec/linear.yaml` in either dialect; every leaf is optional. Where both
 * dialects stand in one file the registry wins and the legacy keys fill its holes; a legacy file that says only which
 * workspace it belongs to remains one, because every write needs that pin.
 * Throws REGISTRY_UNREADABLE, with the line, when it is no YAML mapping.
 */
export function parseRegistry(source: string | undefined, path: string): Registry {
  const file = z.parse(REGISTRY_FILE, mappingOf(source, path))
  const legacyTeam = legacyTeamOf(file)
  const legacyProject = legacyProjectOf(file, legacyTeam)
  const teams = Object.entries(file.teams).map(([key, team]) => ({
    key,
    id: team.id,
    name: team.name,
    states: statesOf(team.states),
  }))
  const projects = Object.entries(file.projects).map(([slug, { archive_documents, ...project }]) => ({
    slug,
    ...project,
    documents: archive_documents,
  }))
  const { slug, id } = file.workspace
  const legacy = legacyTeam !== null || legacyProject !== null
  const pinned = slug !== null || id !== null
  const registry = teams.length > 0 || projects.length > 0 || hasDefaults(file) || (pinned && !legacy)

  const own = file.defaults
  const prefix = own.archive_documents.title_prefix ?? file.archive_documents.title_prefix
  return {
    dialect: registry ? 'registry' : legacy ? 'legacy' : 'none',
    path,
    workspace: { slug, id },
    teams: teams.length === 0 && legacyTeam ? [legacyTeam] : teams,
    projects: projects.length === 0 && legacyProject ? [legacyProject] : projects,
    maxReviewRounds: own.max_review_rounds ?? MAX_REVIEW_ROUNDS,
    comments: own.comments ?? 'all',
    onPrematureClose: own.on_premature_close ?? 'report',
    archiveDocuments: {
      enabled: own.archive_documents.enabled ?? file.archive_documents.enabled ?? true,
      titlePrefix: prefix ?? 'OpenSpec:',
    },
    labelFilter: own.issue_label_filter.name ?? file.issue_label_filter.name,
    findings: registry && legacy ? [finding('registry/mixed-dialects', 'warning', {}, { file: path })] : [],
  }
}

function mappingOf(source: string | undefined, path: string): unknown {
  if (source === undefined) return {}
  const { value, problem } = parseYaml(source)
  const hint = `Correct ${path}; opsx changes nothing while it cannot read it.`
  if (problem)
    throw new OpsxError('REGISTRY_UNREADABLE', `${path}:${problem.line}: ${problem.reason}`, { hint })
  if (value === undefined || value === null) return {}
  if (!recordOf(value)) throw new OpsxError('REGISTRY_UNREADABLE', `${path}:1: not a mapping`, { hint })
  return value
}

function hasDefaults({ defaults }: RegistryFile): boolean {
  return (
    defaults.max_review_rounds !== null || defaults.comments !== null || defaults.on_premature_close !== null
  )
}

function statesOf(named: Record<string, string | null>): RegistryTeam['states'] {
  const states: RegistryTeam['states'] = {}
  for (const [key, name] of Object.entries(named)) {
    const phase = phaseKeyed(key)
    if (phase && name !== null) states[phase] = name
  }
  return states
}

/** The phase a key such as `in_review` or `In Review` means. */
function phaseKeyed(key: string): Phase | undefined {
  const words = key.trim().toLowerCase().replace(/[_-]/g, ' ')
  return PHASES.find(phase => phase.toLowerCase() === (words === 'cancelled' ? 'canceled' : words))
}

function legacyTeamOf({ team }: RegistryFile): RegistryTeam | null {
  const key = team.key ?? team.name ?? team.id
  return key === null ? null : { key, id: team.id, name: team.name, states: {} }
}

function legacyProjectOf(
  { project, archive_documents }: RegistryFile,
  team: RegistryTeam | null,
): RegistryProject | null {
  const slug = project.slug ?? project.name ?? project.id
  if (slug === null) return null
  return {
    slug: projectSlug(slug),
    id: project.id,
    name: project.name,
    teams: team ? [team.key] : [],
    documents: archive_documents.documents,
  }
}
