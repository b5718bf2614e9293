import { filesOf } from '../change/files-of.ts'
import { hasContent } from '../change/has-content.ts'
import {
  type ArtifactProgress,
  artifactStates,
  type NextStep,
  nextStep,
} from '../change/schema/artifact-states.ts'
import { artifactTemplate } from '../change/schema/artifact-template.ts'
import { isGlob } from '../change/schema/generated-file.ts'
import { DEFAULT_SCHEMA, type Schema, type SchemaArtifact } from '../change/schema/parse-schema.ts'
import { readSchema } from '../change/schema/read-schema.ts'
import { OpsxError } from '../errors.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Workspace } from '../ports/workspace.ts'
import { readMetadata } from '../specs/read-specs.ts'

export interface ArtifactPorts {
  workspace: Workspace
  /** Text of a file that ships with opsx. */
  shipped(path: string): string | undefined
}

export interface ChangeArtifacts {
  schema: string
  artifacts: ArtifactProgress[]
  next: NextStep | null
}

/** What the schema of a change asks for, and what comes next; null when its schema cannot be read. */
export function readArtifacts(ports: ArtifactPorts, change: TrackedChange): ChangeArtifacts | null {
  const { workspace } = ports
  const schema = schemaOf(workspace, change)
  if (schema === null) return null
  const artifacts = artifactStates({
    schema,
    files: filesOf(workspace, change.directory),
    isUnfilled: artifact => isUnfilled(ports, { change, schema, artifact }),
    skipsSpecs: readMetadata({ read: path => textOf(workspace, path) }, change.directory).skipsSpecs,
  })
  const ended = change.archived || change.phase === 'Canceled' || change.phase === 'Duplicate'
  const next = nextStep(artifacts, { tasks: change.tasks, decision: change.verifyReport.decision, ended })
  return { schema: schema.name, artifacts, next }
}

/** An unknown schema is a finding of the change already. */
function schemaOf(workspace: Workspace, change: TrackedChange): Schema | null {
  try {
    return readSchema(workspace, change.schema ?? DEFAULT_SCHEMA)
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}

function isUnfilled(
  ports: ArtifactPorts,
  { change, schema, artifact }: { change: TrackedChange; schema: Schema; artifact: SchemaArtifact },
): boolean {
  const { workspace } = ports
  if (isGlob(artifact.generates)) return false
  if (artifact.generates === 'proposal.md') return change.proposal?.hasContent === false
  const text = textOf(workspace, `${change.directory}/${artifact.generates}`)
  if (text === undefined) return false
  const plain = (source: string) => source.replace(/\r\n/g, '\n').trim()
  const template = artifactTemplate(ports, workspace, { schema, artifact })
  return plain(text) === plain(template) || !hasContent(text, 0)
}

function textOf(workspace: Workspace, path: string): string | undefined {
  try {
    return workspace.read(path)
  } catch (error) {
    if (error instanceof OpsxError) return undefined
    throw error
  }
}
