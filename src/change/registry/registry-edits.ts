import { parseYaml, recordOf } from '../../markdown/parse-yaml.ts'
import type { YamlEdit } from '../../markdown/yaml/yaml-data.ts'
import { valueAt } from '../../markdown/yaml/yaml-data.ts'
import { editYaml } from '../../markdown/yaml/yaml-edit.ts'
import type { YamlTree } from '../../markdown/yaml/yaml-style.ts'
import { textField } from '../field.ts'

/**
 * The new text of `openspec/linear.yaml` with a team under its key. Only blanks are filled in: a value that is there
 * stays, and a key that holds another id is left alone. Throws OpsxError EDIT_REFUSED.
 */
export function registerTeam(text: string, team: { key: string; id: string; name: string }): string {
  return fillBlanks(text, ['teams', team.key], { id: team.id, name: team.name })
}

/** The same for a project under its slug; `id` is a UUID or slugId, `teams` are keys. */
export function registerProject(
  text: string,
  project: { slug: string; id: string; name: string; teams: string[] },
): string {
  const { slug, id, name, teams } = project
  return fillBlanks(text, ['projects', slug], { id, name, teams })
}

/** The same for the workspace, which a new registry names first: never pins over another workspace. */
export function pinWorkspace(text: string, workspace: { slug: string; id: string }): string {
  const slug = textField(valueAt(parseYaml(text).value, ['workspace', 'slug']))
  if (slug !== null && slug !== workspace.slug) return text
  return fillBlanks(text, ['workspace'], { slug: workspace.slug, id: workspace.id })
}

/** Pins another workspace, because a person named it; an id that is not known is blanked. */
export function repinWorkspace(text: string, workspace: { slug: string; id: string }): string {
  const there = valueAt(parseYaml(text).value, ['workspace'])
  const sameSlug = textField(valueAt(there, ['slug'])) === workspace.slug
  const edits: YamlEdit[] = [{ kind: 'set', path: ['workspace', 'slug'], value: workspace.slug }]
  if (workspace.id !== '' || !sameSlug)
    edits.push({ kind: 'set', path: ['workspace', 'id'], value: workspace.id })
  return editYaml(text, edits)
}

/** What opsx writes down about a document that it created or updated. */
export interface DocumentEntry {
  /** Slug of the project. */
  project: string
  capability: string
  id: string
  url: string
  title: string
  digest: string
  seen: string
}

/**
 * The new text of `openspec/linear.yaml` with these documents under their project; in a legacy file under
 * `archive_documents`. Throws OpsxError EDIT_REFUSED.
 */
export function registerDocuments(text: string, entries: readonly DocumentEntry[]): string {
  return entries.reduce(registerDocument, text)
}

function registerDocument(text: string, { project, capability, ...leaves }: DocumentEntry): string {
  const root = parseYaml(text).value
  const modern = recordOf(valueAt(root, ['projects', project])) !== undefined
  const documents = modern ? ['projects', project, 'archive_documents'] : ['archive_documents', 'documents']
  const path = [...documents, capability]
  if (!recordOf(valueAt(root, path))) return addDocument(text, { documents, capability, leaves })
  const edits = Object.entries(leaves).map(([leaf, value]): YamlEdit => {
    return { kind: 'set', path: [...path, leaf], value }
  })
  return editYaml(text, edits)
}

/** A mapping that is there but says nothing is taken out first, because nothing can be added to `null`. */
function addDocument(
  text: string,
  { documents, capability, leaves }: { documents: string[]; capability: string; leaves: YamlTree },
): string {
  const there = valueAt(parseYaml(text).value, documents)
  const blank = there !== undefined && !recordOf(there)
  const cleared = blank ? editYaml(text, [{ kind: 'remove', path: documents }]) : text
  const held = recordOf(valueAt(parseYaml(cleared).value, documents))
  const free =
    held && capability in held
      ? editYaml(cleared, [{ kind: 'remove', path: [...documents, capability] }])
      : cleared
  return editYaml(free, [{ kind: 'insert', path: [...documents, capability], value: leaves }])
}

function fillBlanks(text: string, path: string[], leaves: Record<string, YamlTree>): string {
  const root = parseYaml(text).value
  const there = valueAt(root, path)
  const id = textField(valueAt(there, ['id']))
  if (id !== null && id !== leaves.id) return text

  const before = Object.keys(recordOf(root) ?? {})[0]
  const place = path.length === 1 ? { before } : {}
  const edits: YamlEdit[] = []
  for (const [leaf, value] of Object.entries(leaves)) {
    const old = valueAt(there, [leaf])
    const leafPath = [...path, leaf]
    if (typeof value === 'string') {
      if (textField(old) === null) edits.push({ kind: 'set', path: leafPath, value, ...place })
    } else if (old === undefined) {
      edits.push({ kind: 'insert', path: leafPath, value, ...place })
    }
  }
  return editYaml(text, edits)
}
