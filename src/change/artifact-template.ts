import type { Workspace } from '../ports/workspace.ts'
import type { Schema, SchemaArtifact } from './parse-schema.ts'

/** Its templates include one for every kind of file that opsx knows. */
const WIDEST = 'superpowers-bridge'

/** The project's own template, else the one that ships for this schema or for a file of that name, else nothing. */
export function artifactTemplate(
  context: { shipped(path: string): string | undefined },
  workspace: Workspace,
  { schema, artifact }: { schema: Schema; artifact: SchemaArtifact },
): string {
  const file = artifact.template ?? artifact.generates
  const own = schema.directory ? workspace.read(`${schema.directory}/templates/${file}`) : undefined
  return own ?? shipped(context, schema.name, file) ?? shipped(context, WIDEST, file) ?? ''
}

/** Names come from a file of the repository, and lead to no other file of the package. */
function shipped(
  context: { shipped(path: string): string | undefined },
  schema: string,
  file: string,
): string | undefined {
  if (!/^[\w-][\w.-]*$/.test(schema) || !/^[\w-][\w.-]*$/.test(file)) return undefined
  return context.shipped(`templates/${schema}/${file}`)
}
