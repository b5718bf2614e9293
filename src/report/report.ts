import type { Style } from './style.ts'

/** Formats that some commands offer besides `text` and `json`. */
export const MACHINE_FORMATS = ['github', 'sarif', 'junit', 'markdown'] as const

export type MachineFormat = (typeof MACHINE_FORMATS)[number]

/** What a command has to say: one JSON document, and the same for people. The format never changes the exit code. */
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
  /** What a command that declares more formats prints in them; data for standard output, ending in a newline. */
  formats?: Partial<Record<MachineFormat, () => string | Promise<string>>>
  /** Markdown for the page of a CI step, appended there in the format `github`. */
  summary?(): string | Promise<string>
}

/** One document with `schema` and `ok` first; `ok` means exit code 0. */
export function formatJson(report: Report): string {
  return `${JSON.stringify({ schema: report.schema, ok: report.exitCode === 0, ...report.document }, null, 2)}\n`
}
