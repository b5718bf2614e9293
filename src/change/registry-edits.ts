import { parseYaml, recordOf } from '../markdown/parse-yaml.ts'
import { valueAt } from '../markdown/yaml-data.ts'
import { editYaml, type YamlEdit } from '../markdown/yaml-edit.ts'
import type { YamlTree } from '../markdown/yaml-style.ts'
import { textField } from './field.ts'

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
