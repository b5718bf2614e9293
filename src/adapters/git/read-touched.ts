import type { GitRun } from './git-run.ts'

interface Commit {
  /** `<`: on the default branch only. `>`: on HEAD only. `=`: on both, with the same patch. */
  side: string
  /** Author, author's date and subject. A cherry-pick and a rebase do not change them. */
  origin: string
  /** The commits in the lines "cherry picked from commit …" of the message. */
  picked: string[]
  files: string[]
}

/**
 * Files under the changes directory that commits of HEAD touched and the default branch does not have. Three kinds of
 * commits are left out: those with the same patch on the default branch; those with the same author, date and subject
 * there, such as a cherry-pick with conflicts; and those that were picked from a commit outside HEAD. A commit picked
 * from a commit of HEAD is counted, because that is how a reverted change is applied again.
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
    // In a shallow clone, the oldest commit looks as if it added every file.
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

/** Those of `commits` that are not in the history of HEAD. */
function readForeign(run: GitRun, head: string, commits: string[]): Set<string> {
  return new Set(commits.filter(sha => run.try(['merge-base', '--is-ancestor', sha, head]).status !== 0))
}
