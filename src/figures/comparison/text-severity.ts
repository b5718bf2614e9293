import type { Change } from '../../change/change.ts'
import type { Finding, FindingCode, Severity } from '../../findings/finding.ts'
import type { TextKind } from '../measured.ts'

const WRONG = { spec: 'critical', prose: 'warning', tasks: 'info' } as const
const BROKEN = { spec: 'critical', prose: 'critical', tasks: 'warning' } as const
const LEFT_OVER = { spec: 'warning', prose: 'warning', tasks: 'info' } as const
const NOT_KNOWN = { spec: 'warning', prose: 'info', tasks: 'info' } as const
const ALWAYS = (severity: Severity) => ({ spec: severity, prose: severity, tasks: severity })

const SEVERITIES = {
  'figure/drift': WRONG,
  'figure/budget': WRONG,
  'figure/near-budget': ALWAYS('suggestion'),
  'figure/unknown': BROKEN,
  'figure/mismatch': BROKEN,
  'figure/malformed': BROKEN,
  'figure/claim': BROKEN,
  'figure/former-value': LEFT_OVER,
  'figure/stale': NOT_KNOWN,
  'figure/unmeasured': NOT_KNOWN,
  'figure/header': ALWAYS('warning'),
  'figure/conflict': ALWAYS('critical'),
  'figure/no-inputs': ALWAYS('info'),
} satisfies Partial<Record<FindingCode, Record<TextKind, Severity>>>

/** Findings about values that may change when the open tasks of a change are done. */
const UNBUILT = /^figure\/(?:drift|budget|former-value|stale|unmeasured)$/

/** Codes of findings about a text. */
export type TextCode = keyof typeof SEVERITIES

/** The severity of a finding in a text of this kind. */
export function severityOf(code: TextCode, kind: TextKind): Severity {
  return SEVERITIES[code][kind]
}

/** A spec describes the result of a change. While tasks are open, the measured value may still be the old one. */
export function isUnbuilt({ code }: Finding, { tasks }: Pick<Change, 'tasks'>): boolean {
  return UNBUILT.test(code) && (tasks?.boxes.some(box => box.status === 'open') ?? false)
}
