import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT } from '../../errors.ts'
import { reconcileText } from '../../figures/bindings/reconcile-text.ts'
import { type FigureSource, readFigureSources } from '../../figures/figure-sources.ts'
import { formerIndexOf } from '../../figures/sweep/former-index.ts'
import { formerValueFindings, sweepText } from '../../figures/sweep/sweep-text.ts'
import {
  formatReconciliation,
  type ReconciledFile,
  reconciliationDocument,
} from '../../report/figures-reconciliation.ts'
import type { Report } from '../../report/report.ts'
import type { GlobalOptions } from '../verb.ts'

interface ReconcileOptions extends GlobalOptions {
  write?: boolean
  force?: boolean
}

export function addReconcile(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'reconcile [change...]',
    summary: 'rewrite bound numbers to what was measured, and nothing else; without --write, show it',
    example: 'opsx figures reconcile\nopsx figures reconcile add-dark-mode --write',
  })
    .option('--write', 'write the files')
    .option('--force', 'headers, lines that say that a value stays, and budgets too')
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<ReconcileOptions>(context, command, options => reconcile(context, names, options)))
    })
}

/** A second run has nothing to do. Former values that nobody bound are listed, for people to read. */
export function reconcile(context: Context, names: string[], { write, force }: ReconcileOptions): Report {
  const workspace = context.workspace()
  const files = readFigureSources(workspace, names).map(source => reconciled(source, force === true))
  const changed = files.filter(({ before, after }) => before !== after)
  if (write) for (const { file, after } of changed) workspace.write(file, after)
  const facts = { files, writes: write ? changed.map(({ file }) => file) : [] }
  return {
    schema: 'opsx/figures@1',
    exitCode: files.some(({ refused }) => refused.length > 0) ? EXIT.findings : EXIT.ok,
    document: reconciliationDocument(facts),
    text: style => formatReconciliation(facts, style),
  }
}

function reconciled(source: FigureSource, force: boolean): ReconciledFile {
  const { measured, claims, file, text: before } = source
  const { edits, refused, text: after } = reconcileText(source, measured, { force, claims })
  const settled = { ...source, text: after }
  const left = formerValueFindings(settled, sweepText(settled, formerIndexOf(measured)))
  return { file, before, after, edits, refused, left }
}
