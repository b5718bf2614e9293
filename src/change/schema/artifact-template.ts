import type { Workspace } from '../../ports/workspace.ts'
import type { Schema, SchemaArtifact } from './parse-schema.ts'

interface Shipped {
  /** Text of a file that is part of opsx. */
  shipped(path: string): string | undefined
}

/** This schema has a template for every file that any schema of opsx asks for. */
const WIDEST = 'superpowers-bridge'

/** The repository's template, else the one opsx has for this schema, else for this file name, else an empty text. */
export function artifactTemplate(
  ports: Shipped,
  workspace: Workspace,
  { schema, artifact }: { schema: Schema; artifact: SchemaArtifact },
): string {
  const file = artifact.template ?? artifact.generates
  const own = schema.directory ? workspace.read(`${schema.directory}/templates/${file}`) : undefined
  return own ?? shipped(ports, schema.name, file) ?? shipped(ports, WIDEST, file) ?? ''
}

/** The names come from a file of the repository, so they may not lead to any other file of opsx. */
function shipped(ports: Shipped, schema: string, file: string): string | undefined {
  if (!/^[\w-][\w.-]*$/.test(schema) || !/^[\w-][\w.-]*$/.test(file)) return undefined
  return ports.shipped(`templates/${schema}/${file}`)
}
