import type { GitRun } from './git-run.ts'

interface Commit {
  /** `<` on the default branch only, `>` here only, `=` on both with the same patch. */
  side: string
  /** Author, author's date and subject: what a cherry-pick and a rebase keep. */
  origin: string
  /** Commits that the message says this one was picked from. */
  picked: string[]
  files: string[]
}

/**
 * Files under the changes directory touched by commits that only HEAD has. A commit does not count when the default
 * branch has the same patch, or the same author, date and subject (a cherry-pick whose conflicts were resolved), or
 * when it says that it was picked from a commit that HEAD does not hold. Picking again what HEAD already holds is
 * how a reverted change is landed again, and counts.
 */
export function readTouched(run: GitRun, range: { tip: string; head: string; changes: string }): string[] {
  const commits = readCommits(run, range)
  const theirs = new Set(commits.filter(commit => commit.side === '<').map(commit => commit.origin))
  const ours = commits.filter(commit => commit.side === '>' && !theirs.has(commit.origin))
  const foreign = readForeign(run, range.head, [...new Set(ours.flatMap(commit => commit.picked))])
  return ours.filter(commit => !commit.picked.some(sha => foreign.has(sha))).flatMap(commit => commit.files)
}

function readCommits(run: GitRun, range: { tip: string; head: string; changes: string }): Commit[] {
  const commits: Commit[] = []
  const flags = [
    '--cherry-mark',
    '--left-right',
    '--no-merges',
    '--no-renames',
    '--name-only',
    '--relative',
    '-z',
  ]
  const fields = run.fields([
    '-c',
    // At the edge of a shallow clone a commit looks like one that created every file.
    'log.showRoot=false',
    'log',
    ...flags,
    '--encoding=UTF-8',
    '--format=%m%n%ae %at %s%n%B',
    `${range.tip}...${range.head}`,
    '--',
    range.changes,
  ])
  for (const field of fields.map(text => text.replace(/^\n/, ''))) {
    if (field.startsWith(`${range.changes}/`)) commits.at(-1)?.files.push(field)
    else if (field !== '') commits.push(parseHeader(field))
  }
  return commits
}

function parseHeader(header: string): Commit {
  const [side = '', origin = '', ...message] = header.split('\n')
  const picked = [...message.join('\n').matchAll(/^\(cherry picked from commit ([0-9a-f]{7,64})\)/gm)]
  return { side, origin, picked: picked.map(match => match[1] ?? ''), files: [] }
}

/** Those of `commits` that HEAD does not hold. */
function readForeign(run: GitRun, head: string, commits: string[]): Set<string> {
  return new Set(commits.filter(sha => run.try(['merge-base', '--is-ancestor', sha, head]).status !== 0))
}
