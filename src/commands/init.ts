import { type Command, Option } from 'commander'
import { REGISTRY_PATH, readRegistry } from '../change/read-registry.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Workspace } from '../ports.ts'
import type { Report } from '../report/report.ts'
import { formatWrites } from '../report/writes.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { lookUpTeam, registryText } from './init-registry.ts'
import type { PlannedWorkflow } from './init-workflow.ts'
import { addVerb } from './program.ts'

export interface InitOptions extends GlobalOptions {
  local?: boolean
  workspace?: string
  team?: string
  ci?: 'github'
}

export function addInit(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'init',
    summary: 'lay out openspec/ and linear.yaml; what exists is left alone',
    example: 'opsx init --local\nopsx init --workspace acme --team CAM\nopsx init --ci',
  })
    .option('--local', 'use the embedded Linear: no account, no network')
    .option('--workspace <slug>', 'pin the Linear workspace, as in linear.app/SLUG')
    .option('--team <key>', 'register a team, such as CAM')
    .addOption(
      new Option('--ci [host]', 'write a workflow that verifies and syncs')
        .choices(['github'])
        .preset('github'),
    )
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
  const workspace = context.workspaceAt(rootOf(context))
  const workflow = options.ci ? await workflowOf(context, workspace.root) : undefined
  const files = new Map<string, string>([
    ['openspec/config.yaml', 'schema: spec-driven\n'],
    ['openspec/specs/.gitkeep', ''],
    ['openspec/changes/archive/.gitkeep', ''],
  ])
  const missing = [...files].filter(([path]) => !exists(workspace, path))
  for (const [path, text] of missing) workspace.write(path, text)
  const registry = await writeRegistry(context, workspace, options)
  workflow?.write()
  const writes = [...missing.map(([path]) => path), ...registry, ...(workflow ? [workflow.path] : [])]
  return {
    schema: 'opsx/init@1',
    exitCode: EXIT.ok,
    document: { root: workspace.root, writes },
    text: style =>
      formatWrites(writes, style) + (workflow ? aboutWorkflow(context.version) : '') + nextSteps(workspace),
  }
}

async function workflowOf(context: Context, root: string): Promise<PlannedWorkflow | undefined> {
  const { planWorkflow } = await import('./init-workflow.ts')
  return planWorkflow(context, root)
}

function aboutWorkflow(version: string): string {
  return [
    '',
    `The workflow installs opsx@${version} from npm; OPSX_PACKAGE in it may name a tarball instead.`,
    'Its sync job takes the key from the secret LINEAR_API_KEY.',
    '',
  ].join('\n')
}

/** Inside a repository that has openspec/, that one; else here. */
function rootOf(context: Context): string {
  try {
    return context.workspace().root
  } catch {
    return context.directory
  }
}

/** A directory that holds anything needs no placeholder. */
function exists(workspace: Workspace, path: string): boolean {
  const directory = path.slice(0, path.lastIndexOf('/'))
  if (path.endsWith('.gitkeep')) return workspace.list(directory).length > 0
  return workspace.read(path) !== undefined
}

async function writeRegistry(
  context: Context,
  workspace: Workspace,
  options: InitOptions,
): Promise<string[]> {
  const before = workspace.read(REGISTRY_PATH)
  if (!options.local && !options.workspace && !options.team) return []
  const slug = options.local ? 'local' : (options.workspace ?? readRegistry(workspace).workspace.slug)
  if (!slug) {
    throw new OpsxError('USAGE', '--team needs to know the workspace.', {
      hint: 'opsx init --workspace SLUG --team KEY',
    })
  }
  refuseRepinning(workspace, { ...options, slug })
  refuseOddNames(slug, options.team)
  const found = await lookUpTeam(context, {
    slug,
    team: options.team,
    root: workspace.root,
    offline: options.offline === true,
  })
  const text = await registryText(before, { slug, ...found })
  if (text === before) return []
  workspace.write(REGISTRY_PATH, text)
  return [REGISTRY_PATH]
}

/** The pin is what the gate rests on: another workspace takes its place only when a person says so twice. */
function refuseRepinning(workspace: Workspace, { slug, yes }: InitOptions & { slug: string }): void {
  const pinned = readRegistry(workspace).workspace.slug
  if (pinned === null || pinned === slug || yes) return
  throw new OpsxError('USAGE', `${REGISTRY_PATH} is pinned to workspace "${pinned}", not to "${slug}".`, {
    hint: `If it shall move there, repeat the command with --yes; teams and bindings stay as they are.`,
  })
}

function refuseOddNames(slug: string, team: string | undefined): void {
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(slug)) {
    throw new OpsxError('USAGE', `"${slug}" is no workspace.`, {
      hint: 'Give the part behind linear.app/, such as acme.',
    })
  }
  if (team !== undefined && !/^[A-Z][A-Z0-9]*$/.test(team)) {
    throw new OpsxError('USAGE', `"${team}" is no team key.`, {
      hint: 'Give what issues begin with, such as CAM in CAM-15.',
    })
  }
}

function nextSteps(workspace: Workspace): string {
  const configured = readRegistry(workspace).dialect !== 'none'
  if (!configured) return '\nNext: opsx init --local, or opsx init --workspace SLUG --team KEY\n'
  return '\nNext: opsx new <change>, write its proposal.md, then opsx bind <change> <ISSUE>\n'
}
