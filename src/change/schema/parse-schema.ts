import * as z from 'zod/mini'
import { parseYaml, recordOf } from '../../markdown/parse-yaml.ts'
import { TEXT, TEXTS } from '../registry/tolerant.ts'

/** One kind of file a workflow schema asks for. Nothing in it is refused for its type. */
const ARTIFACT = z.object({
  id: TEXT,
  /** Path or glob within the change directory. */
  generates: TEXT,
  /** File name within the schema's templates directory; null when it names none. */
  template: TEXT,
  requires: TEXTS,
})

export const SCHEMA_FILE = z.object({
  artifacts: z.array(
    z.pipe(
      z.transform(each => recordOf(each) ?? {}),
      ARTIFACT,
    ),
  ),
})

export interface SchemaArtifact extends z.output<typeof ARTIFACT> {
  id: string
  generates: string
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
 * Reads a schema.yaml; artifacts without id or `generates` are left out, and other missing values are empty.
 * `reason` is why it cannot be parsed.
 */
export function parseSchema(
  source: string,
  from: { name: string; directory: string },
): { schema: Schema } | { reason: string } {
  const { value, problem } = parseYaml(source)
  if (problem) return { reason: `line ${problem.line}: ${problem.reason}` }
  const { data } = z.safeParse(SCHEMA_FILE, value)
  if (!data) return { reason: 'it has no list of artifacts' }
  const artifacts = data.artifacts.flatMap(({ id, generates, ...rest }) =>
    id === null || generates === null ? [] : [{ id, generates, ...rest }],
  )
  return { schema: { ...from, artifacts } }
}
