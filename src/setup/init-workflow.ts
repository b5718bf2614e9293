import type { Context } from '../adapters/context.ts'
import { OpsxError } from '../errors.ts'

const DIRECTORY = '.github/workflows'

/** One file to write at the top of the git repository, which may lie above the workspace root. */
export interface PlannedWorkflow {
  /** Relative to the workspace root. */
  path: string
  write(): void
}

/**
 * The workflow that GitHub runs `opsx verify` and `opsx sync` with; undefined when the repository has one of that name
 * already. Throws GIT_FAILED outside a repository and where git does not know the default branch.
 */
export async function planWorkflow(context: Context, root: string): Promise<PlannedWorkflow | undefined> {
  const branch = await defaultBranchOf(context, root)
  const [up = '', below = ''] = (
    await context.runGit(root, ['rev-parse', '--show-cdup', '--show-prefix'])
  ).split('\n')
  const top = context.workspaceAt(`${root}/${up}`)
  const names = top.list(DIRECTORY).map(({ name }) => name)
  if (names.includes('opsx.yml') || names.includes('opsx.yaml')) return undefined
  const text = fillIn(context.shipped('templates/ci/github.yml') ?? '', {
    'default-branch': branchPattern(branch),
    directory: below.replace(/\/$/, '') || '.',
    version: context.version,
  })
  const path = `${DIRECTORY}/opsx.yml`
  return { path: `${up}${path}`, write: () => top.write(path, text) }
}

async function defaultBranchOf(context: Context, root: string): Promise<string> {
  const facts = (await context.git()).facts('openspec/changes')
  if (facts === undefined) {
    throw new OpsxError('GIT_FAILED', `A workflow belongs to a git repository, and ${root} is in none.`, {
      hint: 'Run git init first.',
    })
  }
  if (facts.defaultBranch !== null) return facts.defaultBranch
  throw new OpsxError('GIT_FAILED', 'git does not know here which branch is the default branch.', {
    hint: 'Push first, or run git fetch and git remote set-head origin --auto.',
  })
}

/** GitHub reads the names of branches as patterns. */
function branchPattern(name: string): string {
  return name.replace(/[+!\]]/g, '\\$&')
}

/** Values stand between single quotes in the template. */
function fillIn(template: string, values: Record<string, string>): string {
  return template.replace(/\{([a-z-]+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : values[name].replaceAll("'", "''"),
  )
}
