import type { FindingArgs, FindingCode } from './areas.ts'

export type { FindingArgs, FindingCode } from './areas.ts'

export type Severity = 'critical' | 'warning' | 'suggestion' | 'info'

/** A problem in files or in Linear, as data; message.ts makes its text. A finding never stops a run. */
export interface Finding<C extends FindingCode = FindingCode> {
  code: C
  severity: Severity
  args: FindingArgs[C]
  /** Name of the change concerned. */
  change?: string
  /** Path relative to the repository root, with forward slashes. */
  file?: string
  /** 1-based line of the file. */
  line?: number
  /** 1-based column of the line. */
  column?: number
}

export function finding<C extends FindingCode>(
  code: C,
  severity: Severity,
  args: FindingArgs[C],
  place: Pick<Finding, 'change' | 'file' | 'line' | 'column'> = {},
): Finding<C> {
  return { code, severity, args, ...place }
}

/** Builds findings at lines of one file. */
export function findingsIn(file: string) {
  return <C extends FindingCode>(line: number, code: C, severity: Severity, args: FindingArgs[C]) =>
    finding(code, severity, args, { file, line, column: 1 })
}
