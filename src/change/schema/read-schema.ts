import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { BUILT_IN_SCHEMAS } from './built-in-schemas.ts'
import { parseSchema, type Schema } from './parse-schema.ts'
import { isFileName, SCHEMAS, schemaExists } from './schema-name.ts'

/**
 * A workflow schema by name: the project's own under `openspec/schemas/<name>/`, else a built-in one.
 * Throws SCHEMA_NOT_FOUND and SCHEMA_UNREADABLE.
 */
export function readSchema(workspace: Workspace, name: string): Schema {
  const directory = `${SCHEMAS}/${name}`
  const path = `${directory}/schema.yaml`
  const source = isFileName(name) ? workspace.read(path) : undefined
  if (source !== undefined) {
    const read = parseSchema(source, { name, directory })
    if ('schema' in read) return read.schema
    throw new OpsxError('SCHEMA_UNREADABLE', `${path} cannot be read: ${read.reason}`, {
      hint: 'Correct the file. A schema has a list of artifacts, each with id and generates.',
    })
  }
  const builtIn = BUILT_IN_SCHEMAS.find(schema => schema.name === name)
  if (builtIn) return builtIn
  const own = workspace.list(SCHEMAS).filter(entry => entry.directory && schemaExists(workspace, entry.name))
  const names = [...BUILT_IN_SCHEMAS, ...own].map(schema => schema.name)
  const known = [...new Set(names)].join(', ')
  throw new OpsxError('SCHEMA_NOT_FOUND', `There is no workflow schema "${name}".`, {
    hint: `Use one of ${known}, or add ${path}.`,
  })
}
