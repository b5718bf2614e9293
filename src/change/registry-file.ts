import { recordOf } from '../markdown/parse-yaml.ts'
import { countField, textField, wordField } from './field.ts'
import type { RegistryDocument } from './registry.ts'

interface ArchiveDocuments {
  enabled: boolean | null
  title_prefix: string | null
  documents: [string, RegistryDocument][]
}

/** `openspec/linear.yaml` with every leaf of both dialects, null or empty where the file says nothing. */
export interface RegistryFile {
  workspace: { slug: string | null; id: string | null }
  defaults: {
    archive_documents: ArchiveDocuments
    max_review_rounds: number | null
    issue_label_filter: string | null
    comments: string | null
    on_premature_close: string | null
  }
  teams: [string, { id: string | null; name: string | null; states: [string, string | null][] }][]
  projects: [string, RegistryFileProject][]
  team: { id: string | null; key: string | null; name: string | null }
  project: { id: string | null; slug: string | null; name: string | null }
  issue_label_filter: string | null
  archive_documents: ArchiveDocuments
}

export interface RegistryFileProject {
  id: string | null
  name: string | null
  teams: string[]
  archive_documents: ArchiveDocuments['documents']
}

/**
 * Takes what is there, however little it is (DIALECTS: Reading rules). By hand and not by a schema library, because
 * every command starts by reading this file and no value in it is ever refused.
 */
export function registryFileOf(value: unknown): RegistryFile {
  const file = mapOf(value)
  const defaults = mapOf(file.defaults)
  return {
    workspace: textsOf(file.workspace, ['slug', 'id']),
    defaults: {
      archive_documents: archiveDocumentsOf(defaults.archive_documents),
      max_review_rounds: countField(defaults.max_review_rounds),
      issue_label_filter: textField(mapOf(defaults.issue_label_filter).name),
      comments: wordField(defaults.comments),
      on_premature_close: textField(defaults.on_premature_close),
    },
    teams: entriesOf(file.teams, team => ({
      ...textsOf(team, ['id', 'name']),
      states: entriesOf(mapOf(team).states, wordField),
    })),
    projects: entriesOf(file.projects, project => ({
      ...textsOf(project, ['id', 'name']),
      teams: listOf(mapOf(project).teams),
      archive_documents: documentsOf(mapOf(project).archive_documents),
    })),
    team: textsOf(file.team, ['id', 'key', 'name']),
    project: textsOf(file.project, ['id', 'slug', 'name']),
    issue_label_filter: textField(mapOf(file.issue_label_filter).name),
    archive_documents: archiveDocumentsOf(file.archive_documents),
  }
}

function mapOf(value: unknown): Record<string, unknown> {
  return recordOf(value) ?? {}
}

/** The named entries of a map, in the file's order. */
function entriesOf<T>(value: unknown, read: (item: unknown) => T): [string, T][] {
  return Object.entries(mapOf(value)).map(([key, item]) => [key, read(item)])
}

function textsOf<K extends string>(value: unknown, keys: K[]): Record<K, string | null> {
  const map = mapOf(value)
  return Object.fromEntries(keys.map(key => [key, textField(map[key])])) as Record<K, string | null>
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(textField).filter(item => item !== null)
}

function documentsOf(value: unknown): ArchiveDocuments['documents'] {
  return entriesOf(value, document => textsOf(document, ['id', 'url', 'title', 'digest', 'seen']))
}

function archiveDocumentsOf(value: unknown): ArchiveDocuments {
  const { enabled, title_prefix, documents } = mapOf(value)
  return {
    enabled: flagOf(enabled),
    title_prefix: textField(title_prefix),
    documents: documentsOf(documents),
  }
}

function flagOf(value: unknown): boolean | null {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : null
}
