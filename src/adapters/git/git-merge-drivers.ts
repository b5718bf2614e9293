import type { MergeDriver } from '../../ports/git.ts'
import type { GitRun } from './git-run.ts'

/** `merge`, `-merge` and no word of it; `text` and `binary` are built in and do no harm. */
const PLAIN = new Set(['unspecified', 'set', 'unset', 'text', 'binary'])
const BUILT_IN = 'union'

/** See GitReader.mergeDrivers. Empty outside a repository. */
export function readMergeDrivers(run: GitRun, paths: string[]): MergeDriver[] {
  if (paths.length === 0) return []
  const input = paths.map(path => `${path}\0`).join('')
  const output = run.try(['check-attr', '-z', '--stdin', 'merge'], { input })
  if (output.status !== 0) return []
  const fields = output.stdout.toString('utf8').split('\0')
  const configured = new Map<string, boolean>([[BUILT_IN, true]])
  const found: MergeDriver[] = []
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', , driver = ''] = fields.slice(at, at + 3)
    if (PLAIN.has(driver)) continue
    const known = configured.get(driver) ?? isConfigured(run, driver)
    configured.set(driver, known)
    found.push({ path, driver, configured: known })
  }
  return found
}

function isConfigured(run: GitRun, driver: string): boolean {
  return run.try(['config', '--get', `merge.${driver}.driver`]).status === 0
}
