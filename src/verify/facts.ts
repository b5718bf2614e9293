import type { Schema } from '../change/schema/parse-schema.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { ChangeDeltas, MainSpecs } from '../specs/read-specs.ts'
import type { UpstreamRecord } from '../specs/upstream-record.ts'
import type { Evidence } from './evidence/evidence.ts'
import type { JudgedFigures } from './figure-row.ts'
import type { Signals } from './verification.ts'

/** The upstream artifacts of a delta spec. */
export interface Upstream {
  /** When the delta spec was last changed; null when neither a lock nor the branch's start has it. */
  recorded: UpstreamRecord | null
  today: UpstreamRecord
}

/** Everything the rules decide about one change from, complete when the first rule runs. */
export interface VerifyFacts {
  change: TrackedChange
  /** Null for a schema that is neither built in nor in the project. */
  schema: Schema | null
  /** Files of the change, relative to its directory. */
  files: string[]
  /** Artifacts that the rules look into, by the same path; only the present ones, none for a change that has ended. */
  texts: ReadonlyMap<string, string>
  deltas: ChangeDeltas
  /** The main specs that the deltas name were read already. */
  main: MainSpecs
  /** By path of the delta spec relative to the change; without those that no rule compares. */
  upstream: ReadonlyMap<string, Upstream>
  /** Null in a repository without figures.yaml, and for a change that has ended. */
  figures: JudgedFigures | null
  /** Null outside git. */
  signals: Signals | null
  /** True when the change is on the default branch already. */
  merged: boolean
  /** True when its verify report is there too, unchanged. */
  landed: boolean
  /** True when git cannot tell which commits belong to the change. */
  shallow: boolean
  maximum: number
  /** From the verify report; null when opsx did not write it, and when a new one is about to be written. */
  recorded: Evidence | null
  /** Null unless it is compared or written: it digests every file of the change. */
  today: Evidence | null
}

/** A rule looks at one change and returns findings at the severity they have in review. */
export type Rule = (facts: VerifyFacts) => Finding[]

/** Path of one of the change's files, relative to the root. */
export function pathOf({ change }: Pick<VerifyFacts, 'change'>, file: string): string {
  return `${change.directory}/${file}`
}
