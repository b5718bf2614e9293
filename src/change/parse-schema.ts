import * as z from 'zod/mini'
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

/** May be missing and of any kind: nothing in a schema file is refused for its type. */
const anything = z.optional(z.unknown())
const text = z.pipe(anything, z.transform(textField))
const texts = z.pipe(
  anything,
  z.transform(value => (Array.isArray(value) ? value : [value]).map(textField).filter(item => item !== null)),
)
const File = z.object({
  name: text,
  artifacts: z.pipe(
    z.pipe(
      anything,
      z.transform(value => (Array.isArray(value) ? value.flatMap(each => recordOf(each) ?? []) : [])),
    ),
    z.array(z.object({ id: text, generates: text, template: text, requires: texts })),
  ),
})

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
  const artifacts = z.parse(File, data).artifacts.flatMap(({ id, generates, template, requires }) => {
    return id !== null && generates !== null ? [{ id, generates, template, requires }] : []
  })
  return { schema: { ...from, artifacts } }
}
