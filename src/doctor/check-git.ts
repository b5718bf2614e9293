import { type Finding, finding } from '../findings/finding.ts'
import type { Git, MergeDriver } from '../ports/git.ts'
import type { Check } from './check.ts'

/** Reports the branch, and why sync does not update Linear from this checkout. */
export function checkGit(git: Git): Check {
  const facts = git.facts('openspec/changes')
  if (!facts) {
    const none = finding('doctor/git', 'info', { reason: 'This is not a git repository' })
    return { name: 'git', says: 'no repository', findings: [none] }
  }
  const where = facts.branch ?? 'detached head'
  const says = `${where}, default branch ${facts.defaultBranch ?? 'unknown'}`
  if (facts.role !== 'other') return { name: 'git', says, findings: [] }
  return { name: 'git', says, findings: [finding('sync/read-only', 'warning', { reason: facts.reason })] }
}

/** Checks the merge drivers that `.gitattributes` names for the files that opsx writes. */
export function checkMerging(git: Git, paths: string[]): Check {
  const found = git.mergeDrivers(paths)
  const drivers = [...new Set(found.map(({ driver }) => driver))]
  const findings = drivers.flatMap(driver => driverFindings(found.filter(one => one.driver === driver)))
  return { name: 'merging', says: drivers.length === 0 ? 'as text' : drivers.join(', '), findings }
}

function driverFindings(found: MergeDriver[]): Finding[] {
  const [first] = found
  if (!first) return []
  const { driver, path, configured } = first
  const args = { path, count: found.length }
  if (driver === 'union') return [finding('doctor/merge-union', 'warning', args, { file: '.gitattributes' })]
  if (configured) return []
  return [finding('doctor/merge-driver', 'warning', { driver, ...args }, { file: '.gitattributes' })]
}

/** Reports a key that the next commit may publish, even when another key is in use. */
export function checkEnvFile(exposed: boolean): Check {
  const findings = exposed ? [finding('doctor/env-file', 'critical', { path: '.env' })] : []
  return { name: '.env', says: exposed ? 'not ignored' : 'no key that git would commit', findings }
}
