import { CHANGES } from '../change/change-directories.ts'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import { MAX_REVIEW_ROUNDS, type Registry } from '../change/registry/registry.ts'
import { projectOf, teamOf } from '../change/registry/resolve-team.ts'
import { sharedIssueFindings } from '../change/shared-issue.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { lintLedger } from '../ledger/lint.ts'
import { trackChange } from '../ledger/track-change.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Check } from './check.ts'

const UNREADABLE: ReadonlySet<string> = new Set(['change/unreadable', 'registry/unreadable'])
const ROOT = 'openspec'
const TEXT = /\.(?:md|ya?ml|json)$/

/** Reads the registry. Null when it is missing or unreadable. */
export function checkRegistry(workspace: Workspace): { check: Check; registry: Registry | null } {
  try {
    const registry = readRegistry(workspace)
    const check = { name: 'registry', says: registrySays(registry), findings: registry.findings }
    return { check, registry: registry.dialect === 'none' ? null : registry }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    const place = { file: `${ROOT}/linear.yaml` }
    const unreadable = finding('registry/unreadable', 'critical', { reason: error.message }, place)
    return { check: { name: 'registry', says: 'unreadable', findings: [unreadable] }, registry: null }
  }
}

function registrySays({ dialect, workspace, teams }: Registry): string {
  if (dialect === 'none') return 'no linear.yaml yet: opsx init --local or --workspace SLUG --team KEY'
  const count = teams.length === 1 ? '1 team' : `${teams.length} teams`
  return `${dialect}, workspace ${workspace.slug ?? 'not pinned'}, ${count}`
}

/** Reads every change, archived ones too. Returns none when a shared file is unreadable. */
export function checkChanges(
  workspace: Workspace,
  registry: Registry | null,
): { check: Check; changes: TrackedChange[] } {
  try {
    const changes = readChanges(workspace, { archived: 'all' }).map(trackChange)
    const findings = [
      ...changes.flatMap(change => change.findings),
      ...sharedIssueFindings(changes),
      ...(registry ? changes.flatMap(change => unregistered(change, registry)) : []),
    ]
    return { check: { name: 'changes', says: `${changes.length} read`, findings }, changes }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return { check: { name: 'changes', says: 'not read', findings: [] }, changes: [] }
  }
}

/** Teams and projects that an open change names and the registry does not have. */
function unregistered({ archived, binding, name }: TrackedChange, registry: Registry): Finding[] {
  if (archived) return []
  const findings = [...teamOf(binding, registry).findings, ...projectOf(binding, registry).findings]
  return findings.map(each => ({ ...each, change: name }))
}

/** Checks every ledger with the rules of `opsx ledger lint`. */
export function checkLedgers(changes: TrackedChange[], registry: Registry | null): Check {
  const used = changes.filter(({ ledger }) => ledger.entries.length > 0).length
  const findings = changes.flatMap(change =>
    lintLedger(change, change.ledger.maxReviewRounds ?? registry?.maxReviewRounds ?? MAX_REVIEW_ROUNDS),
  )
  return { name: 'ledgers', says: `${used} with entries`, findings }
}

/** Finds unreadable texts below `openspec/`, without those in `reported`. */
export function checkFiles(workspace: Workspace, reported: Finding[]): Check {
  const known = new Set(
    reported.filter(({ code }) => UNREADABLE.has(code)).flatMap(({ args }) => reasonOf(args)),
  )
  const findings: Finding[] = []
  let count = 0
  const look = (path: string, read: () => unknown) => {
    try {
      read()
    } catch (error) {
      if (!(error instanceof OpsxError)) throw error
      if (known.has(error.message)) return
      findings.push(finding('doctor/unreadable', 'critical', { reason: error.message }, { file: path }))
    }
  }
  const walk = (directory: string): void =>
    look(directory, () => {
      for (const entry of workspace.list(directory)) {
        const path = `${directory}/${entry.name}`
        if (entry.directory) walk(path)
        else if (TEXT.test(entry.name)) {
          count += 1
          look(path, () => workspace.read(path))
        }
      }
    })
  walk(ROOT)
  return { name: 'files', says: `${count} below ${ROOT}/`, findings }
}

function reasonOf(args: Finding['args']): string[] {
  return 'reason' in args && typeof args.reason === 'string' ? [args.reason] : []
}

/** The files of opsx that git may have to merge. */
export function mergedFiles(changes: TrackedChange[]): string[] {
  const own = changes.filter(({ archived }) => !archived).map(({ directory }) => `${directory}/proposal.md`)
  const any = own.length === 0 ? [`${CHANGES}/example/proposal.md`] : own
  return [...any, `${ROOT}/linear.yaml`, `${ROOT}/figures.lock.json`]
}
