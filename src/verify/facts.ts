import type { Schema } from '../change/parse-schema.ts'
import type { Finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { RestsOn } from '../specs/rests-on.ts'
import type { Evidence } from './evidence.ts'
import type { JudgedFigures } from './figure-row.ts'
import type { DeltaState, Signals } from './verification.ts'

/** Everything the rules decide about one change from; read by the command, never by a rule. */
export interface VerifyFacts {
  change: TrackedChange
  /** Null for a schema that is neither built in nor in the project. */
  schema: Schema | null
  /** Files of the change, relative to its directory. */
  files: string[]
  /** Text of one of its files, by the same path; read when a rule asks. */
  text(file: string): string | undefined
  /** Capabilities that have a delta spec. */
  capabilities: string[]
  deltas: DeltaState[]
  /** What delta specs rested on when they were last changed, by path relative to the change; absent where nobody knows. */
  readonly restedOn: ReadonlyMap<string, RestsOn>
  /** What a delta spec rests on today, by the same path; digested when a rule asks. */
  restsOn(file: string): RestsOn
  /** What validation, "archive would refuse" and overlap say of its specs (OPENSPEC). */
  specs: Finding[]
  /** What bindings, former values and gates say; judged when a rule asks, null in a repository without figures.yaml. */
  readonly figures: JudgedFigures | null
  /** Undefined outside git. */
  signals: Signals | null
  /** True when the change stands on the default branch already. */
  merged: boolean
  /** True when its verify report stands there too, as it is here. */
  landed: boolean
  /** True when git cannot say which commits belong to the change. */
  shallow: boolean
  maximum: number
  /** From the verify report; null when opsx did not write it. */
  recorded: Evidence | null
  /** Computed when a rule asks, which one without a recorded verdict must not: it digests every file of the change. */
  readonly today: Evidence
}

/** A rule looks at one change and returns findings at the severity they have in review. */
export type Rule = (facts: VerifyFacts) => Finding[]

/** Path of one of the change's files, relative to the root. */
export function pathOf({ change }: VerifyFacts, file: string): string {
  return `${change.directory}/${file}`
}
