import type { CapabilityAudit } from '../archive/audit.ts'
import { type Finding, finding } from '../findings/finding.ts'
import { findingDocument, formatFindings } from './findings.ts'
import { plural } from './reported.ts'
import type { Style } from './style.ts'

/** `opsx/audit@1` (FORMATS.md). */
export function auditDocument(audits: CapabilityAudit[]): Record<string, unknown> {
  return { capabilities: audits, findings: audits.flatMap(driftOf).map(findingDocument) }
}

/** One finding per capability that differs from the archive, then the counts. */
export function formatAudit(audits: CapabilityAudit[], style: Style): string {
  if (audits.length === 0) return 'The archive has no delta specs.\n'
  const count = (state: CapabilityAudit['state']) => audits.filter(each => each.state === state).length
  const unknown = count('unknown')
  const older = unknown > 0 ? `, ${unknown} that begin before the archive` : ''
  const equal = `${plural(count('equal'), 'main spec')} as archived${older}`
  const symbol = count('differs') > 0 ? style.red(style.bad) : style.green(style.ok)
  return `${formatFindings(audits.flatMap(driftOf), style)}${symbol} ${equal}, ${count('differs')} different.\n`
}

function driftOf({ capability, state, since, requirements }: CapabilityAudit): Finding[] {
  if (state !== 'differs') return []
  const more = requirements.length > 3 ? ` and ${requirements.length - 3} more` : ''
  const names = requirements.slice(0, 3).map(name => `"${name}"`)
  const args = { capability, archive: since ?? '', requirements: `${names.join(', ')}${more}` }
  return [finding('archive/spec-drift', 'warning', args, { file: `openspec/specs/${capability}/spec.md` })]
}
