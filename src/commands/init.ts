import { type Command, Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import { type Adoption, adoptionOf } from '../change/adoption.ts'
import { DEFAULT_SCHEMA } from '../change/parse-schema.ts'
import { readChanges } from '../change/read-changes.ts'
import { REGISTRY_PATH, readRegistry } from '../change/read-registry.ts'
import { parseSchemaName, SCHEMAS, schemaExists } from '../change/schema-name.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Workspace } from '../ports/workspace.ts'
import { formatInit, type InitFacts, initDocument } from '../report/init.ts'
import type { Report } from '../report/report.ts'
import { chooseRegistry } from '../setup/init-choice.ts'
import type { PlannedDriver } from '../setup/init-merge-driver.ts'
import type { RegistryProposal } from '../setup/init-proposal.ts'
import { registryText } from '../setup/init-registry.ts'
import type { PlannedWorkflow } from '../setup/init-workflow.ts'
import type { GlobalOptions } from './verb.ts'

const CONFIG = 'openspec/config.yaml'

export interface InitOptions extends GlobalOptions {
  local?: boolean
  workspace?: string
  team?: string
  ci?: 'github'
  mergeDriver?: boolean
  here?: boolean
}

export function addInit(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'init',
    summary:
      'lay out openspec/ and linear.yaml, and say what the changes that are there already do; what exists is left alone',
    example: [
      'opsx init                                  see what is there, and be asked once',
      'opsx init --local                          a board of your own: no account, no network',
      'opsx init --workspace acme --team CAM      a Linear workspace and one of its teams',
      'opsx init --yes                            write the registry that the proposals describe',
      'opsx init --ci                             a GitHub workflow as well',
      'opsx init --merge-driver                   let git merge ledgers and lock files with opsx in this clone',
      'opsx init --here -C apps/web --local       a root of its own for a part of a larger repository',
    ].join('\n'),
  })
    .option('--local', 'use the embedded Linear: no account, no network')
    .option('--workspace <slug>', 'pin the Linear workspace, as in linear.app/SLUG')
    .option('--team <key>', 'register a team, such as CAM')
    .option('--here', 'in this directory, even inside a repository that has openspec/ further up')
    .addOption(
      new Option('--ci [host]', 'write a workflow that verifies and syncs')
        .choices(['github'])
        .preset('github'),
    )
    .option('--merge-driver', 'let git merge ledgers and lock files with opsx in this clone')
    .action(async (_, command: Command) => {
      exit(await perform<InitOptions>(context, command, options => init(context, options)))
    })
}

export async function init(context: Context, options: InitOptions): Promise<Report> {
  if (options.local && options.workspace) {
    throw new OpsxError('USAGE', '--local and --workspace exclude each other.', {
      hint: 'Choose one of them.',
    })
  }
  const workspace = context.workspaceAt(options.here ? context.directory : rootOf(context))
  const before = readRegistry(workspace)
  const workflow = options.ci ? await workflowOf(context, workspace.root) : undefined
  const driver = options.mergeDriver ? await driverOf(context, workspace.root) : undefined
  const changes = readChanges(workspace, { archived: 'all' })
  const adoption = adoptionOf(changes, before)
  const situation = { root: workspace.root, registry: before, changes, adoption }
  const { proposal, notes, wanted } = await chooseRegistry(context, situation, options)
  const schema = schemaFor(workspace, adoption)
  const files = [...layout(workspace, schema), ...(await registryFile(workspace, wanted))]
  for (const [path, text] of files) workspace.write(path, text)
  workflow?.write()
  await driver?.write()
  const registry = readRegistry(workspace)
  const facts: InitFacts = {
    adoption,
    schema,
    before,
    registry,
    notes: [...notes, ...unknownSchemas(workspace, { adoption, schema }), ...(driver ? [driver.note] : [])],
    proposal: registry.workspace.slug === null ? proposal : null,
    writes: [...files.map(([path]) => path), ...(workflow ? [workflow.path] : []), ...(driver?.files ?? [])],
    gitConfig: driver?.keys ?? [],
    workflow: workflow ? context.version : null,
  }
  return {
    schema: 'opsx/init@1',
    exitCode: EXIT.ok,
    document: { root: workspace.root, ...initDocument(facts) },
    text: style => formatInit(facts, style),
  }
}

async function workflowOf(context: Context, root: string): Promise<PlannedWorkflow | undefined> {
  const { planWorkflow } = await import('../setup/init-workflow.ts')
  return planWorkflow(context, root)
}

async function driverOf(context: Context, root: string): Promise<PlannedDriver> {
  const { planMergeDriver } = await import('../setup/init-merge-driver.ts')
  return planMergeDriver(context, root)
}

/** Inside a repository that has openspec/, that one; else here. */
function rootOf(context: Context): string {
  try {
    return context.workspace().root
  } catch {
    return context.directory
  }
}

/** What config.yaml says, else what most changes name and opsx knows, else the default. */
function schemaFor(workspace: Workspace, { schemas }: Adoption): string {
  const configured = parseSchemaName(workspace.read(CONFIG)).name
  const used = schemas.find(({ name }) => schemaExists(workspace, name))
  return configured ?? used?.name ?? DEFAULT_SCHEMA
}

function unknownSchemas(
  workspace: Workspace,
  { adoption, schema }: { adoption: Adoption; schema: string },
): string[] {
  const unknown = adoption.schemas.filter(({ name }) => !schemaExists(workspace, name))
  return unknown.map(
    ({ name }) =>
      `${SCHEMAS}/${name} is not in this repository, so opsx does not know which artifacts the schema ${name} asks for; new changes follow ${schema}.`,
  )
}

/** A repository with changes in it needs no placeholders, and a directory that holds anything needs none. */
function layout(workspace: Workspace, schema: string): [string, string][] {
  const files: [string, string][] = []
  if (workspace.read(CONFIG) === undefined) files.push([CONFIG, `schema: ${schema}\n`])
  if (workspace.list('openspec/changes').some(({ directory }) => directory)) return files
  for (const directory of ['openspec/specs', 'openspec/changes/archive']) {
    if (workspace.list(directory).length === 0) files.push([`${directory}/.gitkeep`, ''])
  }
  return files
}

async function registryFile(
  workspace: Workspace,
  wanted: RegistryProposal | null,
): Promise<[string, string][]> {
  if (wanted === null) return []
  const before = workspace.read(REGISTRY_PATH)
  const text = await registryText(before, wanted)
  return text === before ? [] : [[REGISTRY_PATH, text]]
}
