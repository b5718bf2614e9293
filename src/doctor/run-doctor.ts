import type { Registry } from '../change/registry/registry.ts'
import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Git } from '../ports/git.ts'
import type { Tracker } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Check } from './check.ts'
import { checkChanges, checkFiles, checkLedgers, checkRegistry, mergedFiles } from './check-files.ts'
import { checkEnvFile, checkGit, checkMerging } from './check-git.ts'

export interface DoctorPorts {
  workspace(): Workspace
  git(): Promise<Git>
  exposesKey(): Promise<boolean>
  hasCredential(settings: { slug: string | null }): Promise<boolean>
  tracker(settings: { slug: string | null }): Promise<Tracker>
}

/** Checks files, git and Linear, and writes nothing. A problem that prevents opsx from working is critical. */
export async function runDoctor(ports: DoctorPorts, { offline }: { offline: boolean }): Promise<Check[]> {
  const workspace = ports.workspace()
  const git = await ports.git()
  const { check: registryCheck, registry } = checkRegistry(workspace)
  const { check: changesCheck, changes } = checkChanges(workspace, registry)
  return [
    registryCheck,
    changesCheck,
    checkFiles(workspace, [...changesCheck.findings, ...registryCheck.findings]),
    checkLedgers(changes, registry),
    checkGit(git),
    checkMerging(git, mergedFiles(changes)),
    checkEnvFile(await ports.exposesKey()),
    ...(registry ? await linearChecks(ports, { registry, changes, offline }) : []),
  ]
}

interface LinearRequest {
  registry: Registry
  changes: TrackedChange[]
  offline: boolean
}

async function linearChecks(
  ports: DoctorPorts,
  { registry, changes, offline }: LinearRequest,
): Promise<Check[]> {
  if (offline) return [{ name: 'board', says: 'not checked (--offline)', findings: [] }]
  try {
    if (!(await ports.hasCredential({ slug: registry.workspace.slug }))) {
      const reason = 'neither LINEAR_API_KEY nor LINEAR_API_TOKEN is set'
      return [
        { name: 'credential', says: 'none', findings: [finding('doctor/credential', 'warning', { reason })] },
      ]
    }
    const { checkLinear } = await import('./check-linear.ts')
    return await checkLinear(await ports.tracker({ slug: registry.workspace.slug }), registry, changes)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return [{ name: 'credential', says: error.code, findings: problemOf(error) }]
  }
}

/** ENV_FILE_NOT_IGNORED is reported by `checkEnvFile`. */
function problemOf(error: OpsxError): Finding[] {
  if (error.code === 'ENV_FILE_NOT_IGNORED') return []
  if (error.code === 'LINEAR_UNAVAILABLE' || error.code === 'LINEAR_RATE_LIMITED')
    return [finding('board/not-checked', 'warning', { reason: error.message.replace(/\.$/, '') })]
  return [finding('doctor/credential', 'critical', { reason: error.message.replace(/\.$/, '') })]
}
