import type { Finding, Severity } from '../findings/finding.ts'
import { isAtLeast } from './order.ts'

/** The findings at a reference: for each identity, the severities reported there. */
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
 * The findings that the reference has too, at the same severity or a worse one. An open task of info severity there is
 * new when a report now claims a pass. Each finding of the reference is matched once.
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

/** Compares code, place and text arguments. A finding with another line or other numbers is still the same finding. */
function identityOf({ code, file, change, args }: Finding): string {
  const words = Object.entries(args).filter(
    ([key, value]) => typeof value === 'string' && !(code === 'tasks/open' && key === 'first'),
  )
  return JSON.stringify([code, file ?? '', change ?? '', words])
}
