import { mergeBaseOf } from './commit-history.ts'
import { type GitOutput, type GitRun, gitFailed } from './git-run.ts'
import { BRANCHES, type GitRefs, REMOTES, readRefs, refsOf } from './read-refs.ts'

/** Branch, HEAD, uncommitted files, and the merge base with the default branch. */
export interface Checkout extends Status {
  refs: GitRefs
  /** Merge base of HEAD and the default branch. Null when one of them is missing, or when they share no commit here. */
  base: string | null
}

interface Status {
  /** Null on a detached head. */
  branch: string | null
  /** Null before the first commit. */
  head: string | null
  /** Commits that the upstream does not have. Null without an upstream, and when they were not counted. */
  ahead: number | null
  /** Changed and untracked files at or below the path, relative to the workspace root. */
  files: { path: string; added: boolean }[]
}

/** Undefined outside a repository. `count` counts the commits ahead of the upstream, which takes git longer. */
export function readCheckout(
  run: GitRun,
  path: string,
  count: 'count' | 'skip' = 'skip',
): Checkout | undefined {
  const status = statusOf(run, run.try(statusCommand(path, count)))
  return status && checkoutOf(run, status, readRefs(run))
}

/** The same with the commits counted, asynchronously, with three git processes at the same time. */
export async function startCheckout(run: GitRun, path: string): Promise<Checkout | undefined> {
  const commands = [statusCommand(path, 'count'), REMOTES, BRANCHES]
  const [output, remotes, branches] = await Promise.all(commands.map(command => run.start(command)))
  const status = output && statusOf(run, output)
  return (
    status && checkoutOf(run, status, refsOf(run, { remotes: textOf(remotes), branches: textOf(branches) }))
  )
}

function textOf(output: GitOutput | undefined): string {
  return output?.stdout.toString('utf8') ?? ''
}

function checkoutOf(run: GitRun, status: Status, refs: GitRefs): Checkout {
  return { ...status, refs, base: baseOf(run, status.head, refs.defaultTip) }
}

function baseOf(run: GitRun, head: string | null, tip: string | null): string | null {
  if (head === null || tip === null || head === tip) return tip && head
  return mergeBaseOf(run, tip, head)
}

function statusCommand(path: string, count: 'count' | 'skip'): string[] {
  const ahead = count === 'count' ? '--ahead-behind' : '--no-ahead-behind'
  const flags = ['--porcelain=v2', '-z', '--branch', ahead, '--untracked-files=all', '--no-renames']
  return ['status', ...flags, '--ignore-submodules=dirty', '--', path]
}

function statusOf(run: GitRun, output: GitOutput): Status | undefined {
  if (output.status !== 0) {
    if (output.stderr.includes('not a git repository')) return undefined
    throw gitFailed('status', output.stderr)
  }
  const status = parseStatus(output.stdout.toString('utf8'))
  const prefix = status.files.length === 0 ? '' : run.text(['rev-parse', '--show-prefix'])
  return { ...status, files: status.files.map(file => ({ ...file, path: file.path.slice(prefix.length) })) }
}

/** Parses `git status --porcelain=v2 -z --branch`. Its paths are relative to the top of the working tree. */
function parseStatus(output: string): Status {
  const status: Status = { branch: null, head: null, ahead: null, files: [] }
  for (const field of output.split('\0')) {
    const [kind, ...words] = field.split(' ')
    const [first = '', second = ''] = words
    if (kind === '?') status.files.push({ path: field.slice(2), added: true })
    else if (kind === '1') status.files.push({ path: words.slice(7).join(' '), added: first[0] === 'A' })
    else if (kind === 'u') status.files.push({ path: words.slice(9).join(' '), added: false })
    else if (first === 'branch.oid') status.head = second === '(initial)' ? null : second
    else if (first === 'branch.head') status.branch = second === '(detached)' ? null : second
    else if (first === 'branch.ab') status.ahead = aheadOf(second)
  }
  return status
}

/** `+3`, or `+?` when nothing was counted. */
function aheadOf(word: string): number | null {
  return /^\+\d+$/.test(word) ? Number(word) : null
}
