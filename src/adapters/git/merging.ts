import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MergeDriver, MergeVersions, StagedVersions } from '../../ports/git.ts'
import { type GitRun, gitFailed } from './git-run.ts'

const STAGES = ['base', 'ours', 'theirs'] as const

/** The versions of an unmerged file in the index. Undefined for a merged file, and outside a repository. */
export function readStages(run: GitRun, path: string): StagedVersions | undefined {
  const output = run.try(['ls-files', '--unmerged', '-z', '--', path])
  if (output.status !== 0) return undefined
  const staged: StagedVersions = { base: null, ours: null, theirs: null }
  const entries = output.stdout.toString('utf8').split('\0').slice(0, -1)
  for (const entry of entries) {
    const [, blob = '', stage = ''] = /^\d+ ([0-9a-f]+) ([123])\t/.exec(entry) ?? []
    const name = STAGES[Number(stage) - 1]
    if (name) staged[name] = run.try(['cat-file', 'blob', blob]).stdout.toString('utf8')
  }
  return entries.length === 0 ? undefined : staged
}

/** git's own merge of three texts, in the conflict style of this repository. Throws GIT_FAILED. */
export function mergeTexts(run: GitRun, { base, ours, theirs, labels }: MergeVersions): string {
  const directory = mkdtempSync(join(tmpdir(), 'opsx-merge-'))
  try {
    const files = [ours, base, theirs].map((text, index) => {
      const file = join(directory, String(index))
      writeFileSync(file, text)
      return file
    })
    const names = ['-L', labels.ours, '-L', 'base', '-L', labels.theirs]
    const words = ['-p', '-q', ...names, ...files]
    const like = run.try(['merge-file', '--diff-algorithm=histogram', ...words])
    // Git before 2.44 does not have this flag. It then prints its usage and ends with 129.
    const output = like.status === 129 ? run.try(['merge-file', ...words]) : like
    if (output.status > 127) throw gitFailed('merge-file', output.stderr)
    return output.stdout.toString('utf8')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Values of the attribute `merge` that select git's own merge. */
const PLAIN_MERGES = new Set(['unspecified', 'set', 'unset', 'text', 'binary'])

/** See Git.mergeDrivers. Empty outside a repository. */
export function readMergeDrivers(run: GitRun, paths: string[]): MergeDriver[] {
  if (paths.length === 0) return []
  const input = paths.map(path => `${path}\0`).join('')
  const output = run.try(['check-attr', '-z', '--stdin', 'merge'], { input })
  if (output.status !== 0) return []
  const fields = output.stdout.toString('utf8').split('\0')
  const configured = new Map<string, boolean>([['union', true]])
  const found: MergeDriver[] = []
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', , driver = ''] = fields.slice(at, at + 3)
    if (PLAIN_MERGES.has(driver)) continue
    const known = configured.get(driver) ?? isConfigured(run, driver)
    configured.set(driver, known)
    found.push({ path, driver, configured: known })
  }
  return found
}

function isConfigured(run: GitRun, driver: string): boolean {
  return run.try(['config', '--get', `merge.${driver}.driver`]).status === 0
}
