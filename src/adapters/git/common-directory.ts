import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type GitDirectory, readGitDirectory } from './git-directory.ts'
import { createGitRun, gitFailed } from './git-run.ts'

/**
 * The directory that all working trees of the repository share, absolute; undefined outside a repository. Git is asked
 * only where its files are not what they usually are. Throws GIT_FAILED.
 */
export function commonDirectory(directory: string): string | undefined {
  const known = onDisk(directory)
  if (known) return known.common
  const output = createGitRun(directory).try(['rev-parse', '--git-common-dir'])
  if (output.status === 0) return resolve(directory, output.stdout.toString('utf8').replace(/\n$/, ''))
  if (output.stderr.includes('not a git repository')) return undefined
  throw gitFailed('rev-parse', output.stderr)
}

/** Of the nearest `.git` above, when that is a repository. */
function onDisk(directory: string): GitDirectory | undefined {
  if (!existsSync(join(directory, '.git'))) {
    return directory === dirname(directory) ? undefined : onDisk(dirname(directory))
  }
  try {
    const found = readGitDirectory(directory)
    const whole = ['objects', 'refs'].every(name => existsSync(join(found.common, name)))
    return whole && existsSync(join(found.own, 'HEAD')) ? found : undefined
  } catch {
    return undefined
  }
}
