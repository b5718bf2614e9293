import { OpsxError } from '../errors.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'

const DIRECTORY = '.github/workflows'

export interface WorkflowPorts {
  version: string
  git(): Promise<Git>
  runGit(directory: string, args: string[]): Promise<string>
  shipped(path: string): string | undefined
  workspaceAt(directory: string): Workspace
}

/** One file to write at the top of the git repository, which may lie above the workspace root. */
export interface PlannedWorkflow {
  /** Relative to the workspace root. */
  path: string
  write(): void
}

/**
 * The GitHub workflow that runs `opsx verify` and `opsx sync`. Undefined when the repository has it already. Throws
 * GIT_FAILED outside a repository, and when the default branch is unknown.
 */
export async function planWorkflow(ports: WorkflowPorts, root: string): Promise<PlannedWorkflow | undefined> {
  const branch = await defaultBranchOf(ports, root)
  const [up = '', below = ''] = (
    await ports.runGit(root, ['rev-parse', '--show-cdup', '--show-prefix'])
  ).split('\n')
  const top = ports.workspaceAt(`${root}/${up}`)
  const names = top.list(DIRECTORY).map(({ name }) => name)
  if (names.includes('opsx.yml') || names.includes('opsx.yaml')) return undefined
  const text = fillIn(ports.shipped('templates/ci/github.yml') ?? '', {
    'default-branch': branchPattern(branch),
    directory: below.replace(/\/$/, '') || '.',
    version: ports.version,
  })
  const path = `${DIRECTORY}/opsx.yml`
  return { path: `${up}${path}`, write: () => top.write(path, text) }
}

async function defaultBranchOf(ports: WorkflowPorts, root: string): Promise<string> {
  const facts = (await ports.git()).facts('openspec/changes')
  if (facts === undefined) {
    throw new OpsxError('GIT_FAILED', `--ci needs a git repository, and ${root} is not in one.`, {
      hint: 'Run git init first.',
    })
  }
  if (facts.defaultBranch !== null) return facts.defaultBranch
  throw new OpsxError('GIT_FAILED', 'git cannot determine the default branch of this clone.', {
    hint: 'Push first, or run git fetch and git remote set-head origin --auto.',
  })
}

/** GitHub treats branch names as patterns. */
function branchPattern(name: string): string {
  return name.replace(/[+!\]]/g, '\\$&')
}

/** The template puts values between single quotes. */
function fillIn(template: string, values: Record<string, string>): string {
  return template.replace(/\{([a-z-]+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : values[name].replaceAll("'", "''"),
  )
}
