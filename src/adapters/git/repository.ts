import * as fs from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createGitRun, gitFailed } from './git-run.ts'

/** Absolute path of the top of the working tree. Undefined outside a repository. Throws GIT_FAILED. */
export function topLevel(directory: string): string | undefined {
  return readDirectory(directory, '--show-cdup')
}

/** Absolute path of the git directory that all working trees share. Undefined outside a repository. Throws GIT_FAILED. */
export function commonDirectory(directory: string): string | undefined {
  return readDirectory(directory, '--git-common-dir')
}

/** Absolute path of the git directory of this working tree. Undefined outside a repository. Throws GIT_FAILED. */
export function gitDirectory(directory: string): string | undefined {
  return readDirectory(directory, '--git-dir')
}

function readDirectory(directory: string, flag: string): string | undefined {
  const output = createGitRun(directory).try(['rev-parse', flag])
  if (output.status === 0) return resolve(directory, output.stdout.toString('utf8').replace(/\n$/, ''))
  if (output.stderr.includes('not a git repository')) return undefined
  throw gitFailed('rev-parse', output.stderr)
}

/** True when git ignores the file, and outside a repository. Throws GIT_FAILED. */
export function isIgnored(root: string, path: string): boolean {
  // check-ignore rejects literal pathspecs.
  const output = createGitRun(root).try(['--no-literal-pathspecs', 'check-ignore', '-q', '--', path])
  if (output.status <= 1) return output.status === 0
  if (output.stderr.includes('not a git repository')) return true
  throw gitFailed('check-ignore', output.stderr)
}

/**
 * The files below `openspec/` that git ignores, relative to the root. Empty outside a repository, and when git ignores
 * `openspec/` as a whole, which a user may want.
 */
export function ignoredFiles(root: string): ReadonlySet<string> {
  const run = createGitRun(root)
  const list = ['ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', 'openspec']
  const output = run.try(list)
  if (output.status !== 0 || output.stdout.length === 0 || isIgnored(root, 'openspec')) return new Set()
  return new Set(output.stdout.toString('utf8').split('\0').slice(0, -1))
}

/** Keeps files of a pattern out of git's sight in this clone. Does nothing outside a repository. */
export function excludeFiles(root: string, pattern: string): void {
  const common = commonDirectory(root)
  if (common === undefined) return
  const path = join(common, 'info', 'exclude')
  const text = fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : ''
  if (text.includes(pattern)) return
  fs.mkdirSync(dirname(path), { recursive: true })
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  fs.appendFileSync(path, `${separator}# temporary files of opsx\n${pattern}\n`)
}

/** Runs one git command and returns its output without the last line end. Throws GIT_FAILED. */
export function runGit(directory: string, args: string[]): string {
  return createGitRun(directory).text(args)
}
