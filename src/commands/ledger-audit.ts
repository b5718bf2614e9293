import type { Context } from '../adapters/context.ts'
import { runAudit } from '../archive/audit.ts'
import { EXIT } from '../errors.ts'
import { auditDocument, formatAudit } from '../report/audit.ts'
import type { Report } from '../report/report.ts'

/** `opsx ledger audit`. Exit code 1 when a capability differs. */
export function audit(context: Context): Report {
  const audits = runAudit(context.workspace())
  const differs = audits.some(({ state }) => state === 'differs')
  return {
    schema: 'opsx/audit@1',
    exitCode: differs ? EXIT.findings : EXIT.ok,
    document: auditDocument(audits),
    text: style => formatAudit(audits, style),
  }
}
