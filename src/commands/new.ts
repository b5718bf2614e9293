import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { AFTER_THE_WORK } from '../change/artifact-states.ts'
import { artifactTemplate } from '../change/artifact-template.ts'
import { isGlob, staysInside } from '../change/generated-file.ts'
import { DEFAULT_SCHEMA, type Schema, type SchemaArtifact } from '../change/parse-schema.ts'
import { readSchema } from '../change/read-schema.ts'
import { parseSchemaName } from '../change/schema-name.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { printable } from '../report/style.ts'
import { formatWrites } from '../report/writes.ts'
import type { GlobalOptions } from './verb.ts'

interface NewOptions extends GlobalOptions {
  schema?: string
}

export function addNew(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'new <change>',
    summary: "scaffold a change from its schema's templates",
    example: [
      'opsx new add-dark-mode                               the files that openspec/config.yaml asks for',
      'opsx new add-dark-mode --schema superpowers-bridge   eight artifacts, from brainstorm to retrospective',
      'opsx new add-dark-mode --schema house-style          your own, in openspec/schemas/house-style/',
    ].join('\n'),
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
  const laidOut = schema.artifacts.filter(each => !AFTER_THE_WORK.has(each.id) && !isGlob(each.generates))
  for (const artifact of laidOut) {
    refuseEscape(schema, artifact)
    files.set(
      `${directory}/${artifact.generates}`,
      artifactTemplate(context, workspace, { schema, artifact }),
    )
  }
  const left = schema.artifacts.filter(artifact => !laidOut.includes(artifact))
  for (const [path, text] of files) workspace.write(path, text)
  const writes = [...files.keys()]
  return {
    schema: 'opsx/new@1',
    exitCode: EXIT.ok,
    document: {
      change: name,
      path: directory,
      changeSchema: schema.name,
      writes,
      left: left.map(({ id, generates }) => ({ artifact: id, file: generates })),
    },
    text: style => formatWrites(writes, style) + stepsOf(directory, { name, left, laidOut }),
  }
}

function stepsOf(
  directory: string,
  { name, left, laidOut }: { name: string; left: SchemaArtifact[]; laidOut: SchemaArtifact[] },
): string {
  const [first] = laidOut
  const begin = first && first.id !== 'proposal' ? [`Begin with ${directory}/${first.generates}.`] : []
  const specs = left.some(({ id }) => id === 'specs')
    ? [`Its specs are yours to name: ${directory}/specs/<capability>/spec.md.`]
    : []
  return [
    '',
    ...begin,
    `Write ${directory}/proposal.md, then tie it to an issue: opsx bind ${name} <ISSUE>`,
    ...specs,
    `opsx status ${name} says what is next.`,
    '',
  ]
    .map(printable)
    .join('\n')
}

/** A schema is a file of the repository like any other: it writes into its change only. */
function refuseEscape(schema: Schema, { id, generates }: SchemaArtifact): void {
  if (staysInside(generates)) return
  throw new OpsxError(
    'SCHEMA_UNREADABLE',
    `${schema.directory}/schema.yaml: the artifact ${id} generates ${generates}, which leads out of the change.`,
    { hint: 'Give a path below the directory of the change.' },
  )
}

function validName(name: string): string {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && name !== 'archive' && name.length <= 100) return name
  throw new OpsxError('CHANGE_NAME_INVALID', `"${name}" is no name for a change.`, {
    hint: 'Use lower-case words with hyphens, such as add-dark-mode.',
  })
}
