import type { Context } from '../adapters/context.ts'
import { parseTasks } from '../change/parse-tasks.ts'
import { isTerminal } from '../change/states.ts'
import { OpsxError } from '../errors.ts'
import type { Finding } from '../findings/finding.ts'
import type { Workspace } from '../ports/workspace.ts'
import { fixOf, messageOf } from '../findings/message.ts'
import { planFingerprints } from '../specs/base-fingerprints.ts'
import { formatBaseLock, parseBaseLock } from '../specs/base-lock.ts'
import { BASE_LOCK, readDeltas, readMainSpecs } from '../specs/read-specs.ts'
import { renderVerify } from './render-verify.ts'
import type { Verification } from './verification.ts'

export interface WriteRequest {
  verifications: Verification[]
  /** Specs outside openspec/, for section 6. */
  leaks: Finding[]
}

/**
 * Renders the report of every change that is ready, and remembers the base that its deltas rest on. Returns the paths
 * written: with nothing changed, none.
 */
export function writeReports(context: Context, { verifications, leaks }: WriteRequest): string[] {
  const workspace = context.workspace()
  const template = context.shipped('templates/verify.md')
  if (template === undefined)
    throw new OpsxError('FILE_UNREADABLE', 'templates/verify.md is missing from the installed opsx.', {
      hint: 'Install opsx again.',
    })
  return verifications
    .filter(({ ready, change }) => ready && !isTerminal(change.phase))
    .flatMap(verification => [
      ...writeBaseLocks(workspace, verification),
      ...writeReport(context, verification, { template, leaks }),
    ])
}

function writeReport(
  context: Context,
  verification: Verification,
  { template, leaks }: { template: string; leaks: Finding[] },
): string[] {
  const workspace = context.workspace()
  const { change } = verification
  const path = `${change.directory}/${change.verdict.file ?? 'verify.md'}`
  const previous = workspace.read(path)
  const text = renderVerify({
    verification,
    previous,
    template,
    now: context.clock.now(),
    verifier: `opsx ${context.version}`,
    sentence: finding => ({ message: messageOf(finding), fix: fixOf(finding) }),
    planRows: planRowsOf(workspace, change.directory),
    leaks,
  })
  if (text === previous) return []
  workspace.write(path, text)
  return [path]
}

/** The `[~]` boxes of plan.md. */
function planRowsOf(workspace: Workspace, directory: string) {
  const path = `${directory}/plan.md`
  return parseTasks(workspace.read(path) ?? '', path)
    .tasks.boxes.filter(box => box.marker === '~')
    .map(({ id, text }) => ({ id, text }))
}

/**
 * Fingerprints of the requirements that each delta touches, taken when it is first verified (OPENSPEC: defect 1), and
 * what it rests on. A lock that cannot be read is left to people: writing a new one would forget what moved since.
 */
function writeBaseLocks(
  workspace: Workspace,
  { change: { directory }, rests }: Pick<Verification, 'change' | 'rests'>,
): string[] {
  const main = readMainSpecs(workspace)
  return readDeltas(workspace, directory).deltas.flatMap(({ capability, path, delta, lock }) => {
    const base = main.get(capability)
    const recorded = lock && parseBaseLock(lock.text)
    if (recorded?.problem) return []
    const requirements = planFingerprints(delta, base?.spec ?? null, recorded?.lock?.requirements ?? null)
    const restsOn = rests.get(path.slice(directory.length + 1)) ?? null
    const at = path.replace(/[^/]+$/, BASE_LOCK)
    const text = formatBaseLock({ requirements, restsOn })
    if (requirements.size === 0 || text === lock?.text) return []
    workspace.write(at, text)
    return [at]
  })
}
