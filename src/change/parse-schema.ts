import { parseYaml, recordOf } from '../markdown/parse-yaml.ts'
import { textField } from './field.ts'

/** One kind of file a workflow schema asks for. */
export interface SchemaArtifact {
  id: string
  /** Path or glob within the change directory. */
  generates: string
  /** File name within the schema's templates directory; null when it names none. */
  template: string | null
  requires: string[]
}

/** A workflow schema: which files a change is made of, and in which order. */
export interface Schema {
  name: string
  artifacts: SchemaArtifact[]
  /** Directory of the project's own schema, relative to the root; null for one that comes with opsx. */
  directory: string | null
}

export const DEFAULT_SCHEMA = 'spec-driven'

/**
 * Reads a schema.yaml; artifacts without id or `generates` are left out, whatever else is missing reads as empty.
 * `reason` says why it does not parse.
 */
export function parseSchema(
  source: string,
  from: { name: string; directory: string },
): { schema: Schema } | { reason: string } {
  const { value, problem } = parseYaml(source)
  if (problem) return { reason: `line ${problem.line}: ${problem.reason}` }
  const data = recordOf(value)
  if (!data || !Array.isArray(data.artifacts)) return { reason: 'it has no list of artifacts' }
  const artifacts = data.artifacts.flatMap(each => artifactOf(recordOf(each) ?? {}) ?? [])
  return { schema: { ...from, artifacts } }
}

/** Nothing in a schema file is refused for its type. */
function artifactOf(record: Record<string, unknown>): SchemaArtifact | undefined {
  const id = textField(record.id)
  const generates = textField(record.generates)
  if (id === null || generates === null) return undefined
  return { id, generates, template: textField(record.template), requires: textsOf(record.requires) }
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(each => textField(each) ?? [])
}
