import type { Style } from './style.ts'

/** Formats that some commands offer besides `text` and `json`. */
export const MACHINE_FORMATS = ['github', 'sarif', 'junit', 'markdown'] as const

export type MachineFormat = (typeof MACHINE_FORMATS)[number]

/** The result of a command as a JSON document and as text. The format never changes the exit code. */
export interface Report {
  /** `opsx/<name>@<version>`. */
  schema: string
  exitCode: number
  /** Keys of the JSON document after `schema` and `ok`. */
  document: Record<string, unknown>
  /** Data for standard output, ending in a newline. */
  text(style: Style): string
  /** Prose for standard error; may be empty. */
  notes?(style: Style): string
  /** The output in the further formats that the command declares; for standard output, ending in a newline. */
  formats?: Partial<Record<MachineFormat, () => string | Promise<string>>>
  /** Markdown for the page of a CI step, appended there in the format `github`. */
  summary?(): string | Promise<string>
}

/** One document with `schema` and `ok` first; `ok` means exit code 0. */
export function formatJson(report: Report): string {
  return `${JSON.stringify({ schema: report.schema, ok: report.exitCode === 0, ...report.document }, null, 2)}\n`
}
