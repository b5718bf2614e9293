import type { Finding } from '../../findings/finding.ts'
import { formatFindings } from '../findings.ts'
import { plural } from '../reported.ts'
import type { Style } from '../style.ts'

export interface LintFacts {
  changes: number
  entries: number
  findings: Finding[]
}

/** The findings, and the number of entries that were checked. */
export function formatLint({ changes, entries, findings }: LintFacts, style: Style): string {
  const checked = `${plural(entries, 'entry', 'entries')} of ${plural(changes, 'change')}`
  const worst = findings.some(({ severity }) => severity === 'critical')
  const symbol = worst
    ? style.red(style.bad)
    : findings.length > 0
      ? style.yellow(style.warn)
      : style.green(style.ok)
  return `${formatFindings(findings, style)}${symbol} ${checked}: ${plural(findings.length, 'finding')}.\n`
}
