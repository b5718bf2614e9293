import type { Finding, Severity } from '../../findings/finding.ts'
import { findingDocument, formatFindings } from '../findings.ts'
import { plural } from '../reported.ts'
import type { Style } from '../style.ts'

export interface FigureCheckFacts {
  /** Worst first. */
  findings: Finding[]
  coverage: { bound: number; unbound: number }
}

/** `opsx/figures@1` of `opsx figures check` (FORMATS.md). */
export function figureCheckDocument({ findings, coverage }: FigureCheckFacts): Record<string, unknown> {
  return {
    summary: {
      ...coverage,
      formerValues: formerValues(findings),
      critical: countOf(findings, 'critical'),
      warning: countOf(findings, 'warning'),
      suggestion: countOf(findings, 'suggestion'),
      info: countOf(findings, 'info'),
    },
    findings: findings.map(findingDocument),
  }
}

/** The findings, then the number of bound and unbound numbers. */
export function formatFigureCheck({ findings, coverage }: FigureCheckFacts, style: Style): string {
  const worst = countOf(findings, 'critical') + countOf(findings, 'warning')
  const symbol = worst > 0 ? style.red(style.bad) : style.green(style.ok)
  const counts = `${coverage.bound} bound, ${formerValues(findings)} former-value, ${plural(coverage.unbound, 'number')} unbound`
  return `${formatFindings(findings, style)}${symbol} figures: ${counts}\n`
}

function formerValues(findings: Finding[]): number {
  return findings.filter(({ code }) => code === 'figure/former-value').length
}

function countOf(findings: Finding[], severity: Severity): number {
  return findings.filter(each => each.severity === severity).length
}
