import { spawnSync } from 'node:child_process'
import { OpsxError } from '../../errors.ts'
import type { LedgerCommit, PublishResult } from '../../ports/git.ts'
import type { GitRun } from './git-run.ts'
import { readTip, resultOf } from './publish-ledger.ts'
import { readRefs } from './read-refs.ts'
import { fetchRefs, pushCommit } from './remote-branch.ts'
import { writeLedgerCommit } from './write-ledger-commit.ts'

const BRANCH = 'opsx/ledger'
const ATTEMPTS = 3

/**
 * Pushes one commit of ledger lines to the branch `opsx/ledger`, on top of the default branch, and opens a pull request
 * with `gh`. This checkout does not change. Nothing is pushed when the remote branch already has the same commit. When
 * `gh` fails, `commands` contains the command for the user. Throws PUBLISH_FAILED and GIT_FAILED.
 */
export function proposeLedger(run: GitRun, commit: LedgerCommit, gh: string): PublishResult {
  const { remote, base } = readTarget(run)
  const tracking = `refs/remotes/${remote}/`
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    fetchRefs(run, remote, refspecsOf(tracking, base))
    const tip = readTip(run, `${tracking}${base}`)
    if (tip === null) break
    const built = writeLedgerCommit(run, commit, { sha: tip, name: `${remote}/${base}` })
    const { sha, skipped } = built
    const proposed = readTip(run, `${tracking}${BRANCH}`)
    if (sha === null || isSameCommit(run, proposed, sha)) return resultOf({ skipped })
    const lease = proposed ?? ''
    if (pushCommit(run, { remote, ref: `refs/heads/${BRANCH}`, sha, lease }) === 'moved') continue
    const commands = openPullRequest(run.directory, { gh, base, message: commit.message })
    return resultOf({ commit: sha, skipped, pushed: BRANCH, commands })
  }
  throw new OpsxError(
    'PUBLISH_FAILED',
    `${BRANCH} of ${remote} changed ${ATTEMPTS} times while opsx pushed to it.`,
    {
      hint: 'Run again. The ledger lines are still in your working tree.',
    },
  )
}

/**
 * The files that the commit on the remote's `opsx/ledger` changes, relative to the workspace root. Throws PUBLISH_FAILED
 * when the remote cannot be reached.
 */
export function readProposed(run: GitRun): { path: string; text: string }[] {
  const { remote, base } = readTarget(run)
  const tracking = `refs/remotes/${remote}/`
  fetchRefs(run, remote, refspecsOf(tracking, base))
  const tip = readTip(run, `${tracking}${BRANCH}`)
  if (tip === null) return []
  const flags = ['-r', '-z', '--no-commit-id', '--name-only', '--relative', '--diff-filter=AM']
  return run.fields(['diff-tree', ...flags, tip]).flatMap(path => {
    const output = run.try(['cat-file', 'blob', `${tip}:./${path}`])
    return output.status === 0 ? [{ path, text: output.stdout.toString('utf8') }] : []
  })
}

function refspecsOf(tracking: string, base: string): string[] {
  return [`+refs/heads/${base}:${tracking}${base}`, `+refs/heads/opsx/*:${tracking}opsx/*`]
}

function readTarget(run: GitRun): { remote: string; base: string } {
  const { remoteName, defaultBranch, hasRemote } = readRefs(run)
  if (remoteName !== null && defaultBranch !== null) return { remote: remoteName, base: defaultBranch }
  const missing = hasRemote ? 'the default branch of the remote is unknown' : 'there is no remote'
  throw new OpsxError('PUBLISH_FAILED', `opsx cannot propose the ledger lines: ${missing}.`, {
    hint: hasRemote
      ? 'Run git fetch and git remote set-head origin --auto.'
      : 'Add one with git remote add origin URL.',
  })
}

/** True with the same parent and the same tree. Author and time are not compared. */
function isSameCommit(run: GitRun, proposed: string | null, sha: string): boolean {
  if (proposed === null) return false
  const [parent, other, tree, otherTree] = run
    .text(['rev-parse', `${sha}^`, `${proposed}^`, `${sha}^{tree}`, `${proposed}^{tree}`])
    .split('\n')
  return parent === other && tree === otherTree
}

/** Empty when the pull request exists, else the command that opens it. */
function openPullRequest(cwd: string, request: { gh: string; base: string; message: string }): string[] {
  const [title = '', ...body] = request.message.trim().split('\n')
  const args = ['pr', 'create', '--base', request.base, '--head', BRANCH, '--title', title]
  args.push('--body', body.join('\n').trim() || 'Ledger lines written by opsx.')
  const env = { ...process.env, GH_PROMPT_DISABLED: '1' }
  const result = spawnSync(request.gh, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 120_000,
    windowsHide: true,
  })
  const open = result.status === 0 || /already exists/.test(result.stderr ?? '')
  return open ? [] : [['gh', ...args].map(quoted).join(' ')]
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
