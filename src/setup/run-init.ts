import { type Adoption, adoptionOf } from '../change/adoption.ts'
import { readChanges } from '../change/read-changes.ts'
import { REGISTRY_PATH, readRegistry } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { DEFAULT_SCHEMA } from '../change/schema/parse-schema.ts'
import { parseSchemaName, SCHEMAS, schemaExists } from '../change/schema/schema-name.ts'
import { OpsxError } from '../errors.ts'
import type { Workspace } from '../ports/workspace.ts'
import { type ChoicePorts, chooseRegistry, type RegistryOptions } from './choose-registry.ts'
import { planMergeDriver } from './plan-merge-driver.ts'
import { planWorkflow, type WorkflowPorts } from './plan-workflow.ts'
import type { RegistryProposal } from './propose-registry.ts'
import { registryText } from './registry-text.ts'

const CONFIG = 'openspec/config.yaml'

export interface InitPorts extends ChoicePorts, WorkflowPorts {
  directory: string
  /** Throws outside a repository with `openspec/`. */
  workspace(): Workspace
}

export interface InitRequest extends RegistryOptions {
  ci?: 'github'
  mergeDriver?: boolean
  /** Ignores an `openspec/` above the directory. */
  here?: boolean
}

export interface InitFacts {
  root: string
  /** What the existing changes use. */
  adoption: Adoption
  /** Schema of new changes. */
  schema: string
  /** The registry before init. */
  before: Registry
  /** The registry after init. */
  registry: Registry
  /** A registry that was proposed and not written. Null when there is none. */
  proposal: RegistryProposal | null
  notes: string[]
  writes: string[]
  /** Keys that were set in the git configuration of this clone. */
  gitConfig: string[]
  /** Version of opsx that the new workflow installs; null without one. */
  workflow: string | null
}

/** Creates what is missing in `openspec/`. Overwrites no file. All errors are thrown before the first write. */
export async function runInit(ports: InitPorts, request: InitRequest): Promise<InitFacts> {
  if (request.local && request.workspace) {
    throw new OpsxError('USAGE', '--local and --workspace exclude each other.', {
      hint: 'Choose one of them.',
    })
  }
  const workspace = ports.workspaceAt(request.here ? ports.directory : rootOf(ports))
  const { root } = workspace
  const before = readRegistry(workspace)
  const workflow = request.ci ? await planWorkflow(ports, root) : undefined
  const driver = request.mergeDriver ? await planMergeDriver(ports, root) : undefined
  const changes = readChanges(workspace, { archived: 'all' })
  const adoption = adoptionOf(changes, before)
  const situation = { root, registry: before, changes, adoption }
  const { proposal, notes, wanted } = await chooseRegistry(ports, situation, request)
  const schema = schemaFor(workspace, adoption)
  const files = [...layout(workspace, schema), ...registryFile(workspace, wanted)]
  for (const [path, text] of files) workspace.write(path, text)
  workflow?.write()
  await driver?.write()
  const registry = readRegistry(workspace)
  return {
    root,
    adoption,
    schema,
    before,
    registry,
    notes: [...notes, ...unknownSchemas(workspace, { adoption, schema }), ...(driver ? [driver.note] : [])],
    proposal: registry.workspace.slug === null ? proposal : null,
    writes: [...files.map(([path]) => path), ...(workflow ? [workflow.path] : []), ...(driver?.files ?? [])],
    gitConfig: driver?.keys ?? [],
    workflow: workflow ? ports.version : null,
  }
}

function rootOf(ports: InitPorts): string {
  try {
    return ports.workspace().root
  } catch {
    return ports.directory
  }
}

/** The schema of config.yaml, else the most frequent one of the changes, else the default. */
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
      `${SCHEMAS}/${name} is not in this repository, so opsx cannot determine the artifacts of schema ${name}. New changes use ${schema}.`,
  )
}

/** Empty directories get a placeholder, because git does not store them. */
function layout(workspace: Workspace, schema: string): [string, string][] {
  const files: [string, string][] = []
  if (workspace.read(CONFIG) === undefined) files.push([CONFIG, `schema: ${schema}\n`])
  if (workspace.list('openspec/changes').some(({ directory }) => directory)) return files
  for (const directory of ['openspec/specs', 'openspec/changes/archive']) {
    if (workspace.list(directory).length === 0) files.push([`${directory}/.gitkeep`, ''])
  }
  return files
}

function registryFile(workspace: Workspace, wanted: RegistryProposal | null): [string, string][] {
  if (wanted === null) return []
  const before = workspace.read(REGISTRY_PATH)
  const text = registryText(before, wanted)
  return text === before ? [] : [[REGISTRY_PATH, text]]
}
