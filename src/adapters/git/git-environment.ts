import { resolve, sep } from 'node:path'

/**
 * The variables of git that its processes get from the caller. Any other `GIT_*` is left out: a hook, a script or a
 * runner that sets it would make git read another index, other objects or another repository.
 */
const PASSED_ON: { names: RegExp; reason: string }[] = [
  { names: /^GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)$/, reason: 'who commits, and when' },
  {
    names: /^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)$/,
    reason: 'the configuration of the user and the machine',
  },
  {
    names: /^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|ALLOW_PROTOCOL|SSL_\w+|HTTP_\w+)$/,
    reason: 'how the machine reaches a remote',
  },
  {
    names: /^GIT_(?:EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|TRACE\w*)$/,
    reason: 'where git is installed, where it may search, and what it logs',
  },
]

/** A repository of the caller's choice, with `GIT_DIR` and its own working tree. */
export interface NamedRepository {
  directory: string
  workTree: string
}

/**
 * The repository that the caller's `GIT_DIR` and `GIT_WORK_TREE` name for a directory. Null when one of them is missing,
 * as in a hook of git, and when the directory is not in that working tree.
 */
export function namedRepository(
  { GIT_DIR: directory, GIT_WORK_TREE: workTree }: NodeJS.ProcessEnv,
  root: string,
): NamedRepository | null {
  if (!directory || !workTree) return null
  const top = resolve(workTree)
  const isInside = root === top || root.startsWith(top.endsWith(sep) ? top : top + sep)
  return isInside ? { directory: resolve(directory), workTree: top } : null
}

/** The environment of git processes in a directory. */
export function gitEnvironment(caller: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const kept = Object.entries(caller).filter(
    ([name]) => !name.startsWith('GIT_') || PASSED_ON.some(({ names }) => names.test(name)),
  )
  const named = namedRepository(caller, directory)
  return {
    ...Object.fromEntries(kept),
    ...(named ? { GIT_DIR: named.directory, GIT_WORK_TREE: named.workTree } : {}),
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
}
