import type { Finding } from '../findings/finding.ts'
import { formatFindings } from './findings.ts'
import { printable, type Style } from './style.ts'

/** One thing that was looked at. */
export interface Check {
  name: string
  /** What was found, in a clause. */
  says: string
  findings: Finding[]
}

/** Every check with its verdict, each problem below it with its fix. */
export function formatDoctor(checks: Check[], style: Style): string {
  const width = Math.max(...checks.map(check => check.name.length))
  return checks.map(check => formatCheck(check, width, style)).join('')
}

function formatCheck({ name, says, findings }: Check, width: number, style: Style): string {
  const worst = ['critical', 'warning'].find(severity =>
    findings.some(finding => finding.severity === severity),
  )
  const symbol =
    worst === 'critical' ? style.red(style.bad) : worst ? style.yellow(style.warn) : style.green(style.ok)
  const told = formatFindings(findings, style).replace(/^(?=.)/gm, '  ')
  return `${symbol} ${printable(name).padEnd(width)}  ${printable(says)}\n${told}`
}
