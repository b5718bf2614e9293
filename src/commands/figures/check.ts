import { Option } from 'commander'
import { EXIT } from '../../errors.ts'
import { runCheck } from '../../figures/judging/run-check.ts'
import type { Severity } from '../../findings/finding.ts'
import { figureCheckDocument, formatFigureCheck } from '../../report/figures/check.ts'
import { compareFindings, isAtLeast } from '../../verify/order.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface CheckOptions extends GlobalOptions {
  failOn?: Severity
}

export const checkVerb: Verb<[names: string[]], CheckOptions> = {
  usage: 'check [change...]',
  summary: 'compare every bound number with the recorded values; runs no command',
  example: 'opsx figures check\nopsx figures check add-dark-mode --fail-on critical',
  flags: command =>
    command.addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on (warning)').choices([
        'critical',
        'warning',
        'suggestion',
      ]),
    ),
  run(context, [names], { failOn = 'warning' }) {
    const { findings, coverage } = runCheck({ workspace: context.workspace() }, names)
    const facts = { findings: findings.sort(compareFindings), coverage }
    return {
      schema: 'opsx/figures@1',
      exitCode: findings.some(({ severity }) => isAtLeast(severity, failOn)) ? EXIT.findings : EXIT.ok,
      document: figureCheckDocument(facts),
      text: style => formatFigureCheck(facts, style),
    }
  },
}
