import type { Finding } from '../findings/finding.ts'
import { isAtLeast } from './order.ts'

/**
 * The findings that the reference has too, at the same severity or a worse one. An open task of info severity there is
 * new when a report now claims a pass. Each finding of the reference is matched once.
 */
export function preExistingOf(findings: readonly Finding[], known: readonly Finding[]): Set<Finding> {
  const left = new Map<string, Finding[]>()
  for (const each of known) {
    const identity = identityOf(each)
    left.set(identity, [...(left.get(identity) ?? []), each])
  }
  return new Set(
    findings.filter(finding => {
      const same = left.get(identityOf(finding)) ?? []
      const index = same.findIndex(({ severity }) => isAtLeast(severity, finding.severity))
      if (index >= 0) same.splice(index, 1)
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
