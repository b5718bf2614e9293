import type { Report } from './report.ts'
import { printable, type Style } from './style.ts'

export interface RootReport {
  /** Relative to the top of the git repository; `.` for the top itself. */
  root: string
  report: Report
}

/** Exit codes, worst first: errors that end a run come before findings. */
const ORDER = [130, 4, 3, 2, 75, 1, 0]

/** `opsx/roots@1` (FORMATS.md): one command in several roots, with the worst exit code of all. */
export function rootsReport(reports: RootReport[]): Report {
  const codes = new Set(reports.map(({ report }) => report.exitCode))
  return {
    schema: 'opsx/roots@1',
    exitCode: ORDER.find(code => codes.has(code)) ?? 0,
    document: {
      roots: reports.map(({ root, report }) => ({
        root,
        exitCode: report.exitCode,
        document: { schema: report.schema, ok: report.exitCode === 0, ...report.document },
      })),
    },
    text: style => joined(reports, style, report => report.text(style)),
    notes: style => joined(reports, style, report => report.notes?.(style) ?? ''),
  }
}

/** The texts under the names of their roots, without empty ones. */
function joined(reports: RootReport[], style: Style, textOf: (report: Report) => string): string {
  return reports
    .map(({ root, report }) => ({ root, text: textOf(report) }))
    .filter(({ text }) => text !== '')
    .map(({ root, text }) => `${style.bold(`${printable(root)}:`)}\n${text}`)
    .join('\n')
}
