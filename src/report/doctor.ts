import type { Check } from '../doctor/check.ts'
import type { Finding } from '../findings/finding.ts'
import { findingDocument, formatFindings } from './findings.ts'
import { printable, type Style } from './style.ts'

/** `opsx/doctor@1` (FORMATS.md). */
export function doctorDocument(checks: Check[]): Record<string, unknown> {
  return {
    checks: checks.map(({ name, says, findings }) => ({ name, says, ok: findings.every(isHarmless) })),
    findings: checks.flatMap(({ findings }) => findings).map(findingDocument),
  }
}

function isHarmless({ severity }: Finding): boolean {
  return severity === 'info' || severity === 'suggestion'
}

/** One line per check. Below it, each problem with its fix. */
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
  const problems = formatFindings(findings, style).replace(/^(?=.)/gm, '  ')
  return `${symbol} ${printable(name).padEnd(width)}  ${printable(says)}\n${problems}`
}
