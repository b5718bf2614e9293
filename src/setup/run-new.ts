import { AFTER_THE_WORK } from '../change/schema/artifact-states.ts'
import { artifactTemplate } from '../change/schema/artifact-template.ts'
import { isGlob, staysInside } from '../change/schema/generated-file.ts'
import { DEFAULT_SCHEMA, type Schema, type SchemaArtifact } from '../change/schema/parse-schema.ts'
import { readSchema } from '../change/schema/read-schema.ts'
import { parseSchemaName } from '../change/schema/schema-name.ts'
import { OpsxError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Workspace } from '../ports/workspace.ts'

export interface NewPorts {
  workspace: Workspace
  clock: Clock
  shipped(path: string): string | undefined
}

export interface NewChange {
  name: string
  directory: string
  schema: string
  writes: string[]
  /** Artifacts that were created. */
  created: SchemaArtifact[]
  /** Artifacts that are written later. */
  left: SchemaArtifact[]
}

/** Creates the files of a change from the templates of its schema. Throws CHANGE_EXISTS and CHANGE_NAME_INVALID. */
export function runNew(ports: NewPorts, name: string, wanted: string | undefined): NewChange {
  const { workspace } = ports
  const directory = `openspec/changes/${validName(name)}`
  if (workspace.list('openspec/changes').some(entry => entry.name === name)) {
    throw new OpsxError('CHANGE_EXISTS', `${directory} exists already.`, {
      hint: 'Choose another name, or continue with that change.',
    })
  }
  const configured = parseSchemaName(workspace.read('openspec/config.yaml')).name
  const schema = readSchema(workspace, wanted ?? configured ?? DEFAULT_SCHEMA)
  const today = ports.clock.now().toISOString().slice(0, 10)
  const files = new Map([[`${directory}/.openspec.yaml`, `schema: ${schema.name}\ncreated: "${today}"\n`]])
  const created = schema.artifacts.filter(each => !AFTER_THE_WORK.has(each.id) && !isGlob(each.generates))
  for (const artifact of created) {
    refuseEscape(schema, artifact)
    files.set(`${directory}/${artifact.generates}`, artifactTemplate(ports, workspace, { schema, artifact }))
  }
  for (const [path, text] of files) workspace.write(path, text)
  const left = schema.artifacts.filter(artifact => !created.includes(artifact))
  return { name, directory, schema: schema.name, writes: [...files.keys()], created, left }
}

/** Another user may have written the schema, so it must not create files outside the change. */
function refuseEscape(schema: Schema, { id, generates }: SchemaArtifact): void {
  if (staysInside(generates)) return
  throw new OpsxError(
    'SCHEMA_UNREADABLE',
    `${schema.directory}/schema.yaml: the artifact ${id} generates ${generates}, which is outside the change.`,
    { hint: 'Use a path below the directory of the change.' },
  )
}

function validName(name: string): string {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && name !== 'archive' && name.length <= 100) return name
  throw new OpsxError('CHANGE_NAME_INVALID', `"${name}" is not a valid name for a change.`, {
    hint: 'Use lower-case words with hyphens, such as add-dark-mode.',
  })
}
