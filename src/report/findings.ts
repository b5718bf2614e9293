import type { Finding } from '../findings/finding.ts'
import { fixOf, messageOf } from '../findings/message.ts'
import { printable, type Style } from './style.ts'

/** Only in findings about figures; values with their unit. */
interface FigureKeys {
  figure?: string | number
  asserted?: string | number
  measured?: string | number
}

/** A finding as JSON documents show it (FORMATS.md "Findings"); absent places are null. */
export interface FindingDocument extends FigureKeys {
  code: string
  severity: string
  message: string
  file: string | null
  line: number | null
  column: number | null
  change: string | null
  fix: string
  evidence: Record<string, string | number>
}

export function findingDocument(finding: Finding): FindingDocument {
  return {
    code: finding.code,
    severity: finding.severity,
    message: messageOf(finding),
    file: finding.file ?? null,
    line: finding.line ?? null,
    column: finding.column ?? null,
    change: finding.change ?? null,
    fix: fixOf(finding),
    evidence: finding.args,
    ...figureOf(finding.args),
  }
}

/** What programs look for first in a finding about a figure (CLI "JSON shapes"). */
function figureOf(args: Record<string, string | number>): FigureKeys {
  const { figure, asserted, measured } = args
  return {
    ...(figure === undefined ? {} : { figure }),
    ...(asserted === undefined ? {} : { asserted }),
    ...(measured === undefined ? {} : { measured }),
  }
}

/** Findings for people: place, sentence, fix and code; empty text for none. */
export function formatFindings(findings: Finding[], style: Style): string {
  return findings.map(finding => formatFinding(finding, style)).join('')
}

function formatFinding(finding: Finding, style: Style): string {
  const symbol = {
    critical: style.red(style.bad),
    warning: style.yellow(style.warn),
    suggestion: style.dot,
    info: style.dim(style.dot),
  }[finding.severity]
  const place = placeOf(finding)
  const [first = '', ...rest] = messageOf(finding).split('\n').map(printable)
  const lines = [`${symbol} ${place}${place === '' ? '' : ': '}${first}`, ...rest.map(line => `    ${line}`)]
  lines.push(style.dim(`  ${style.arrow} ${printable(fixOf(finding))}  [${finding.code}]`))
  return `${lines.join('\n')}\n`
}

function placeOf({ file, line, change }: Finding): string {
  if (file) return printable(line ? `${file}:${line}` : file)
  return change ? printable(change) : ''
}
