import type { Context } from '../adapters/context.ts'
import { readArchivedDeltas } from '../archive/archived-deltas.ts'
import { auditArchive } from '../archive/audit.ts'
import { EXIT } from '../errors.ts'
import { auditDocument, formatAudit } from '../report/audit.ts'
import type { Report } from '../report/report.ts'
import { readMainSpecs } from '../specs/read-specs.ts'

/** Does `openspec/specs` say what the archive says? Exit code 1 when a capability differs. */
export function audit(context: Context): Report {
  const workspace = context.workspace()
  const audits = auditArchive(readArchivedDeltas(workspace), readMainSpecs(workspace))
  const differs = audits.some(({ state }) => state === 'differs')
  return {
    schema: 'opsx/audit@1',
    exitCode: differs ? EXIT.findings : EXIT.ok,
    document: auditDocument(audits),
    text: style => formatAudit(audits, style),
  }
}
