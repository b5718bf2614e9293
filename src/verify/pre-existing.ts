import type { Finding, Severity } from '../findings/finding.ts'
import { isAtLeast } from './order.ts'

/** What stood at a reference: for each finding the severities it was reported at there. */
export type KnownFindings = ReadonlyMap<string, readonly Severity[]>

export function knownFindings(findings: readonly Finding[]): KnownFindings {
  const known = new Map<string, Severity[]>()
  for (const finding of findings) {
    const identity = identityOf(finding)
    known.set(identity, [...(known.get(identity) ?? []), finding.severity])
  }
  return known
}

/**
 * Those findings that stood at the reference and were no less severe there: a task that was open in peace is a new fault
 * once somebody claims a pass. Each one that stood there stands for one of today.
 */
export function preExistingOf(findings: readonly Finding[], known: KnownFindings): Set<Finding> {
  const left = new Map([...known].map(([identity, severities]) => [identity, [...severities]]))
  return new Set(
    findings.filter(finding => {
      const severities = left.get(identityOf(finding)) ?? []
      const index = severities.findIndex(severity => isAtLeast(severity, finding.severity))
      if (index >= 0) severities.splice(index, 1)
      return index >= 0
    }),
  )
}

/** A finding is the same one when only its line moved, or how many there are of what it counts. */
function identityOf({ code, file, change, args }: Finding): string {
  const words = Object.entries(args).filter(
    ([key, value]) => typeof value === 'string' && !(code === 'tasks/open' && key === 'first'),
  )
  return JSON.stringify([code, file ?? '', change ?? '', words])
}
