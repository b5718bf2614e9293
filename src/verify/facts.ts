import type { Schema } from '../change/schema/parse-schema.ts'
import type { ChangeFigureFindings } from '../figures/judging/judge-change-figures.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { ChangeDeltas, MainSpecs } from '../specs/read-specs.ts'
import type { UpstreamRecord } from '../specs/upstream-record.ts'
import type { Evidence } from './evidence/evidence.ts'
import type { Signals } from './verification.ts'

/** The upstream artifacts of a delta spec. */
export interface Upstream {
  /** At the last edit of the delta spec; null when neither base.lock.json nor the start of the branch shows it. */
  recorded: UpstreamRecord | null
  today: UpstreamRecord
}

/** Findings about the figures of one change. */
export interface JudgedFigures extends ChangeFigureFindings {
  /** `sha256:…` of the values of the figures that its artifacts bind; null when there are none. */
  digest(): string | null
}

/** All input of the rules for one change. */
export interface VerifyFacts {
  change: TrackedChange
  /** Null for a schema that is neither built in nor in the project. */
  schema: Schema | null
  /** Files of the change, relative to its directory. */
  files: string[]
  /** Text of the artifacts that rules read, by the same path. Empty for a change that has ended. */
  texts: ReadonlyMap<string, string>
  deltas: ChangeDeltas
  /** The main specs of the deltas are read already, so that no rule does I/O. */
  main: MainSpecs
  /** By path of the delta spec relative to the change; only delta specs whose upstream artifacts are compared. */
  upstream: ReadonlyMap<string, Upstream>
  /** Null in a repository without figures.yaml, and for a change that has ended. */
  figures: JudgedFigures | null
  /** Null outside git. */
  signals: Signals | null
  /** True when the change is on the default branch already. */
  merged: boolean
  /** True when its verify report is on the default branch too, and unchanged here. */
  landed: boolean
  /** True when the clone is too shallow to find the commits of the change. */
  shallow: boolean
  /** Maximum number of review rounds. */
  maximum: number
  /** From the verify report. Null when opsx did not write it, and when a new report is written. */
  recorded: Evidence | null
  /** Null when it is neither compared nor written, because it digests every file of the change. */
  today: Evidence | null
}

/** Returns findings about one change, each with its severity in review. */
export type Rule = (facts: VerifyFacts) => Finding[]

/** A line of one of the change's files; `file` is relative to the change. */
export function placeIn({ change }: Pick<VerifyFacts, 'change'>, file: string, line: number) {
  return { change: change.name, file: `${change.directory}/${file}`, line }
}
