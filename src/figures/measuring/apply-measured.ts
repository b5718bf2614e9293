import { isWithinTolerance } from '../comparison/judge-claim.ts'
import type {
  Definition,
  Figure,
  FigureDefinitions,
  FigureValue,
  Tolerance,
} from '../definitions/definition.ts'
import { type Derivation, evaluate, orderDerived } from '../definitions/derive.ts'
import type { FigureLock, LockEntry } from '../lock/lock.ts'
import { commandDigest } from './command-digest.ts'
import type { Measurement } from './measure-definition.ts'

/** When and where a measurement was taken. */
export interface Moment {
  /** ISO 8601, UTC, seconds. */
  at: string
  commit: string | null
  dirty: boolean
  platform: string
}

/**
 * The result of a measurement for one figure. `new`: the lock had no value. `changed`: it had another value. `confirmed`:
 * it had the same value, but of another command, of other inputs or from a merge. `same`: the entry is up to date.
 * `elsewhere`: the lock keeps a value of another platform. `failed`: nothing was measured, and the lock keeps its value.
 */
export interface FigureOutcome {
  figure: string
  outcome: 'new' | 'changed' | 'confirmed' | 'same' | 'elsewhere' | 'failed'
  unit: string
  /** Null when it failed. */
  value: FigureValue | null
  /** The value in the lock; null without one. */
  before: FigureValue | null
  /** Whether both agree within the figure's tolerance. */
  agrees: boolean
  /** Why it failed, or the platform of the value in the lock, as one clause; empty otherwise. */
  reason: string
}

export interface MeasuredParts {
  lock: FigureLock
  definitions: FigureDefinitions
  measurements: Measurement[]
  moment: Moment
  /** Digest of the inputs, taken before the commands ran. */
  inputs(globs: readonly string[]): string | null
}

/** Adds measurements to a lock and computes derived figures. Returns the same lock object when no entry changes. */
export function applyMeasured(parts: MeasuredParts): { lock: FigureLock; outcomes: FigureOutcome[] } {
  const next = new Map(parts.lock)
  const outcomes = parts.measurements.flatMap(measurement => applyOne(next, parts, measurement))
  const measured = new Set(
    parts.measurements.flatMap(({ definition }) => definition.figures.map(({ name }) => name)),
  )
  const { derivations, problems } = orderDerived(parts.definitions.figures)
  for (const derivation of derivations) {
    const outcome = applyDerived(next, parts, { derivation, asked: measured.has(derivation.figure.name) })
    if (outcome) outcomes.push(outcome)
  }
  for (const { figure, problem } of problems) {
    if (measured.has(figure.name)) outcomes.push(failed(figure, parts.lock.get(figure.name), problem))
  }
  const changed = [...next].some(([name, entry]) => parts.lock.get(name) !== entry)
  return { lock: changed ? next : parts.lock, outcomes }
}

function applyOne(
  next: Map<string, LockEntry>,
  parts: MeasuredParts,
  measurement: Measurement,
): FigureOutcome[] {
  const { definition, seconds, runs } = measurement
  return measurement.figures.map(({ figure, read }) => {
    const known = next.get(figure.name)
    if ('problem' in read) return failed(figure, known, read.problem)
    const taken = {
      ...read,
      seconds: Math.round(seconds * 10) / 10,
      runs,
      ...digestsOf(parts, definition, figure),
    }
    const manual = definition.measure?.type === 'manual'
    if (known && !manual && known.platform !== parts.moment.platform) {
      return outcomeOf(figure, known, {
        outcome: 'elsewhere',
        value: read.value,
        reason: `the recorded value was measured on ${known.platform}`,
      })
    }
    return record(next, figure, { ...taken, ...parts.moment })
  })
}

function digestsOf(
  { inputs }: MeasuredParts,
  definition: Definition,
  figure: Figure,
): Pick<LockEntry, 'command' | 'inputs'> {
  return {
    command: commandDigest(definition, figure),
    inputs: definition.measure?.type === 'manual' ? null : inputs(definition.inputs),
  }
}

/** Null when there is nothing to report. A failure is reported only for a requested figure: others may use built-in figures. */
function applyDerived(
  next: Map<string, LockEntry>,
  parts: MeasuredParts,
  { derivation, asked }: { derivation: Derivation; asked: boolean },
): FigureOutcome | null {
  const { figure, expression, operands } = derivation
  const known = next.get(figure.name)
  const definition = parts.definitions.definitions.find(({ name }) => name === figure.definition)
  const derived = evaluate(expression, name => next.get(operands.get(name) ?? name)?.value)
  if ('problem' in derived) return asked ? failed(figure, known, derived.problem) : null
  const used = [...operands.values()].flatMap(name => next.get(name) ?? [])
  if (!definition || (!asked && !known && used.every(entry => entry.at !== parts.moment.at))) return null
  const platform = used[0]?.platform ?? parts.moment.platform
  const digests = digestsOf(parts, definition, figure)
  const taken = { ...parts.moment, ...digests, platform, value: derived.value, raw: figure.derive ?? '' }
  const outcome = record(next, figure, { ...taken, seconds: 0, runs: 1 })
  return asked || outcome.outcome !== 'same' ? outcome : null
}

type Taken = Pick<LockEntry, 'value' | 'raw' | 'command' | 'inputs' | 'seconds' | 'runs'> & Moment

/** Writes an entry if it changed. An unchanged entry keeps its time. */
function record(next: Map<string, LockEntry>, figure: Figure, taken: Taken): FigureOutcome {
  const known = next.get(figure.name)
  const { value } = taken
  const equal = known !== undefined && equals(known.value, value)
  if (known && isCurrent(known, figure, taken) && agree(known.value, value, figure.tolerance)) {
    return outcomeOf(figure, known, { outcome: 'same', value, reason: '' })
  }
  const former = known && !equal ? [{ value: known.value, at: known.at, commit: known.commit }] : []
  next.set(figure.name, {
    ...taken,
    unit: figure.unit,
    previous: [...(known?.previous ?? []), ...former],
    stale: false,
    proven: known?.proven ?? null,
    more: {},
  })
  return outcomeOf(figure, known, {
    outcome: !known ? 'new' : equal ? 'confirmed' : 'changed',
    value,
    reason: '',
  })
}

function isCurrent(known: LockEntry, { unit }: Figure, { command, inputs }: Taken): boolean {
  return known.command === command && known.inputs === inputs && known.unit === unit && !known.stale
}

function failed(figure: Figure, known: LockEntry | undefined, reason: string): FigureOutcome {
  return outcomeOf(figure, known, { outcome: 'failed', value: null, reason })
}

function outcomeOf(
  figure: Figure,
  known: LockEntry | undefined,
  result: Pick<FigureOutcome, 'outcome' | 'value' | 'reason'>,
): FigureOutcome {
  const before = known?.value ?? null
  const agrees = before !== null && result.value !== null && agree(before, result.value, figure.tolerance)
  return { figure: figure.name, ...result, unit: figure.unit, before, agrees }
}

function equals(one: FigureValue, other: FigureValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Whether two values are equal within the tolerance. A percentage relates to the first value. */
function agree(one: FigureValue, other: FigureValue, tolerance: Tolerance | null): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return equals(one, other)
  return isWithinTolerance(tolerance, one, other)
}
