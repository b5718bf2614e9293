import type { ERROR_EXITS, ErrorCode } from '../../errors.ts'
import type { FindingCode } from '../../findings/finding.ts'

/** What a code means, for somebody who meets it for the first time: a sentence each, and a few lines to look at. */
export interface Page {
  means: string
  why: string
  fix: string
  /** A file or a terminal, as it is or as it should be. */
  example: string
}

/** One page per code: a code without a page does not compile. */
export type Pages<Codes extends string> = Readonly<Record<Codes, Page>>

/** The finding codes of one area, such as `delta`. */
export type CodesOf<Area extends string> = Extract<FindingCode, `${Area}/${string}`>

/** The errors that end the process with this exit code. */
export type ErrorsOf<Exit extends number> = {
  [C in ErrorCode]: (typeof ERROR_EXITS)[C] extends Exit ? C : never
}[ErrorCode]
