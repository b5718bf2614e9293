import { parseRegistry } from '../change/registry/parse-registry.ts'
import { REGISTRY_PATH } from '../change/registry/read-registry.ts'
import {
  pinWorkspace,
  registerProject,
  registerTeam,
  repinWorkspace,
} from '../change/registry/registry-edits.ts'
import type { RegistryProposal } from './propose-registry.ts'

/** For editors, which check the file with this schema. opsx never fetches it. */
const SCHEMA_LINE = '# yaml-language-server: $schema=https://unpkg.com/opsx/schemas/linear.json'

/**
 * linear.yaml with workspace, teams and projects: a new file, or the old one with blanks filled and the rest unchanged.
 * A file in the older form, with one team and one project, gets only the workspace.
 */
export function registryText(before: string | undefined, wanted: RegistryProposal): string {
  if (before === undefined || before.trim() === '') return newRegistry(wanted)
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
    SCHEMA_LINE,
    `workspace: { slug: ${quoted(slug)}, id: ${quoted(organizationId)} }`,
    'defaults:',
    '  archive_documents: { enabled: true, title_prefix: "OpenSpec:" }',
    '  max_review_rounds: 3',
    ...(teams.length > 0 ? ['teams:', ...teams.map(team)] : ['teams: {}']),
    ...(projects.length > 0 ? ['projects:', ...projects.map(project)] : ['projects: {}']),
    '',
  ].join('\n')
}
