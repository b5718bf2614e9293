import { type Command, Option } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { checkFigures } from '../../figures/checked-figures.ts'
import { FIGURES_FILE } from '../../figures/lock/lock.ts'
import type { Severity } from '../../findings/finding.ts'
import { figureCheckDocument, formatFigureCheck } from '../../report/figures-check.ts'
import type { Report } from '../../report/report.ts'
import { compareFindings, isAtLeast } from '../../verify/order.ts'
import type { GlobalOptions } from '../verb.ts'

interface CheckOptions extends GlobalOptions {
  failOn?: Severity
}

export function addCheck(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'check [change...]',
    summary: 'hold every bound number against the recorded values; runs no command',
    example: 'opsx figures check\nopsx figures check add-dark-mode --fail-on critical',
  })
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on (warning)').choices([
        'critical',
        'warning',
        'suggestion',
      ]),
    )
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<CheckOptions>(context, command, options => check(context, names, options)))
    })
}

/** The part of `opsx verify` that is about figures, for all active changes, main specs and scanned files. */
export function check(context: Context, names: string[], { failOn = 'warning' }: CheckOptions): Report {
  const checked = checkFigures(context.workspace(), names)
  if (!checked) {
    throw new OpsxError('FIGURES_UNREADABLE', `There is no ${FIGURES_FILE}.`, {
      hint: 'Write one with a figure in it; opsx explain FIGURES_UNREADABLE shows how.',
    })
  }
  const findings = checked.findings.sort(compareFindings)
  const red = findings.some(({ severity }) => isAtLeast(severity, failOn))
  const facts = { ...checked, findings }
  return {
    schema: 'opsx/figures@1',
    exitCode: red ? EXIT.findings : EXIT.ok,
    document: figureCheckDocument(facts),
    text: style => formatFigureCheck(facts, style),
  }
}
