import type { Command } from 'commander'
import type { Schema, SchemaArtifact } from '../change/parse-schema.ts'
import { DEFAULT_SCHEMA } from '../change/parse-schema.ts'
import { readSchema } from '../change/read-schema.ts'
import { parseSchemaName } from '../change/schema-name.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Workspace } from '../ports.ts'
import type { Report } from '../report/report.ts'
import { formatWrites } from '../report/writes.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { addVerb } from './program.ts'

interface NewOptions extends GlobalOptions {
  schema?: string
}

/** Written after the work, by `opsx verify` and by people: an empty one would look like a milestone. */
const LATER = new Set(['verify', 'retrospective'])

export function addNew(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'new <change>',
    summary: "scaffold a change from its schema's templates",
    example: 'opsx new add-dark-mode\nopsx new add-dark-mode --schema superpowers-bridge',
  })
    .option('--schema <schema>', 'workflow schema; default: openspec/config.yaml, else spec-driven')
    .action(async (change: string, _, command: Command) => {
      exit(await perform<NewOptions>(context, command, options => newChange(context, change, options)))
    })
}

export function newChange(context: Context, name: string, options: NewOptions): Report {
  const workspace = context.workspace()
  const directory = `openspec/changes/${validName(name)}`
  if (workspace.list('openspec/changes').some(entry => entry.name === name)) {
    throw new OpsxError('CHANGE_EXISTS', `${directory} exists already.`, {
      hint: 'Choose another name, or go on with that change.',
    })
  }
  const configured = parseSchemaName(workspace.read('openspec/config.yaml')).name
  const schema = readSchema(workspace, options.schema ?? configured ?? DEFAULT_SCHEMA)
  const created = context.clock.now().toISOString().slice(0, 10)
  const files = new Map([[`${directory}/.openspec.yaml`, `schema: ${schema.name}\ncreated: "${created}"\n`]])
  for (const artifact of schema.artifacts) {
    if (LATER.has(artifact.id) || /[*?[\]{}]/.test(artifact.generates)) continue
    files.set(`${directory}/${artifact.generates}`, templateOf(context, workspace, { schema, artifact }))
  }
  for (const [path, text] of files) workspace.write(path, text)
  const writes = [...files.keys()]
  return {
    schema: 'opsx/new@1',
    exitCode: EXIT.ok,
    document: { change: name, path: directory, changeSchema: schema.name, writes },
    text: style =>
      formatWrites(writes, style) +
      `\nWrite ${directory}/proposal.md, then tie it to an issue: opsx bind ${name} <ISSUE>\n`,
  }
}

function validName(name: string): string {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && name !== 'archive' && name.length <= 100) return name
  throw new OpsxError('CHANGE_NAME_INVALID', `"${name}" is no name for a change.`, {
    hint: 'Use lower-case words with hyphens, such as add-dark-mode.',
  })
}

/** The project's own template, else the one that ships for this schema, else an empty file. */
function templateOf(
  context: Context,
  workspace: Workspace,
  { schema, artifact }: { schema: Schema; artifact: SchemaArtifact },
): string {
  const file = artifact.template ?? artifact.generates
  const own = schema.directory ? workspace.read(`${schema.directory}/templates/${file}`) : undefined
  return own ?? context.shipped(`templates/${schema.name}/${file}`) ?? ''
}
