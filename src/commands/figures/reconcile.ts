import type { Context } from '../../adapters/context.ts'
import { EXIT } from '../../errors.ts'
import { runReconcile } from '../../figures/reconciling/run-reconcile.ts'
import { formatReconciliation, reconciliationDocument } from '../../report/figures/reconciliation.ts'
import type { Report } from '../../report/report.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface ReconcileOptions extends GlobalOptions {
  write?: boolean
  force?: boolean
}

export const reconcileVerb: Verb<[names: string[]], ReconcileOptions> = {
  usage: 'reconcile [change...]',
  summary: 'show which bound numbers differ from the measured values; with --write, correct them',
  example: 'opsx figures reconcile\nopsx figures reconcile add-dark-mode --write',
  flags: command =>
    command
      .option('--write', 'write the files')
      .option('--force', 'also change headings, lines that claim a constant value, and budgets'),
  writes: ({ write }) => write === true,
  run: (context, [names], options) => reconcile(context, names, options),
}

export function reconcile(context: Context, names: string[], { write, force }: ReconcileOptions): Report {
  const request = { names, write: write === true, force: force === true }
  const facts = runReconcile({ workspace: context.workspace() }, request)
  return {
    schema: 'opsx/figures@1',
    exitCode: facts.files.some(({ refused }) => refused.length > 0) ? EXIT.findings : EXIT.ok,
    document: reconciliationDocument(facts),
    text: style => formatReconciliation(facts, style),
  }
}
