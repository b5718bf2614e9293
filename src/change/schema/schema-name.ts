import * as z from 'zod/mini'
import { type ParsedYaml, parseYaml } from '../../markdown/parse-yaml.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { map, TEXT } from '../registry/tolerant.ts'
import { BUILT_IN_SCHEMAS } from './built-in-schemas.ts'

/** Where a project keeps schemas of its own, relative to the root. */
export const SCHEMAS = 'openspec/schemas'

/** What opsx reads of `.openspec.yaml` and `config.yaml`. */
export const SETTINGS_FILE = map({ schema: TEXT })

/** The schema that `.openspec.yaml` or `config.yaml` names; null when it names none. */
export function parseSchemaName(source: string | undefined): {
  name: string | null
  problem: ParsedYaml['problem']
} {
  if (source === undefined) return { name: null, problem: null }
  const { value, problem } = parseYaml(source)
  return { name: z.parse(SETTINGS_FILE, value).schema, problem }
}

/** True when the name is a built-in schema or one of the project's own. */
export function schemaExists(workspace: Workspace, name: string): boolean {
  if (BUILT_IN_SCHEMAS.some(schema => schema.name === name)) return true
  return isFileName(name) && workspace.list(`${SCHEMAS}/${name}`).some(entry => entry.name === 'schema.yaml')
}

/** True for a schema name that cannot lead out of the schemas' directory. */
export function isFileName(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name)
}
