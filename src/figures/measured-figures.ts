import type { Definition, Figure, FigureDefinitions, FigureValue } from './definitions/definition.ts'
import { type Derivation, evaluate, orderDerived } from './definitions/derive.ts'
import type { FigureLock, LockEntry } from './lock/lock.ts'
import type { FigureState, MeasuredFigure, MeasuredFigures } from './measured.ts'
import { commandDigest } from './measuring/command-digest.ts'

export interface MeasuredParts {
  definitions: FigureDefinitions
  lock: FigureLock
  /** Digest of the files that these globs name today; null without globs. */
  inputs(globs: readonly string[]): string | null
}

/**
 * Every figure with its entry of the lock. Inputs are digested only when a figure's state is asked for: most
 * figures of a repository are bound in few places.
 */
export function measuredFigures({ definitions, lock, inputs }: MeasuredParts): MeasuredFigures {
  const figures = new Map<string, MeasuredFigure>()
  for (const definition of definitions.definitions) {
    for (const figure of definition.figures) {
      if (figure.derive !== null) continue
      const entry = lock.get(figure.name) ?? null
      figures.set(
        figure.name,
        new LockedFigure(figure, entry, () => stalenessOf(definition, { figure, entry, inputs })),
      )
    }
  }
  const { derivations, problems } = orderDerived(definitions.figures)
  for (const derivation of derivations) {
    const entry = lock.get(derivation.figure.name) ?? null
    figures.set(derivation.figure.name, new DerivedFigure(derivation, entry, figures))
  }
  for (const { figure, problem } of problems)
    figures.set(figure.name, new LockedFigure(figure, null, () => problem))
  return { definitions, figures }
}

interface StalenessParts {
  figure: Figure
  entry: LockEntry | null
  inputs: MeasuredParts['inputs']
}

/** Why a value may be out of date (FIGURES "Stale"); empty when it is not. */
function stalenessOf(definition: Definition, { figure, entry, inputs }: StalenessParts): string {
  if (entry === null) return ''
  if (entry.stale) return 'two branches measured it differently'
  const { measure } = definition
  if (measure?.type === 'manual') {
    return entry.value === measure.value ? '' : `${definition.file} says ${measure.value}`
  }
  if (entry.command !== commandDigest(definition, figure)) return 'its command has changed since'
  if (definition.inputs.length === 0) return ''
  return entry.inputs === inputs(definition.inputs) ? '' : `its inputs have changed since ${entry.at}`
}

/** A class, because an object with getters of its own would hold what they close over. */
class LockedFigure implements MeasuredFigure {
  readonly figure: Figure
  readonly entry: LockEntry | null
  readonly #staleness: () => string
  #reason: string | undefined

  constructor(figure: Figure, entry: LockEntry | null, staleness: () => string) {
    this.figure = figure
    this.entry = entry
    this.#staleness = staleness
  }

  get reason(): string {
    this.#reason ??= this.#staleness()
    return this.#reason
  }

  get state(): FigureState {
    if (this.entry === null) return 'unmeasured'
    return this.reason === '' ? 'fresh' : 'stale'
  }

  get value(): FigureValue | null {
    return this.entry?.value ?? null
  }

  get former(): FigureValue[] {
    return formerOf(this.entry, this.value)
  }
}

/** Computed from its operands, and as good as the worst of them; the lock only adds what it was before. */
class DerivedFigure implements MeasuredFigure {
  readonly figure: Figure
  readonly entry: LockEntry | null
  readonly #derivation: Derivation
  readonly #figures: ReadonlyMap<string, MeasuredFigure>

  constructor(derivation: Derivation, entry: LockEntry | null, figures: ReadonlyMap<string, MeasuredFigure>) {
    this.figure = derivation.figure
    this.entry = entry
    this.#derivation = derivation
    this.#figures = figures
  }

  get reason(): string {
    const stale = this.#operands().find(({ state }) => state === 'stale')
    if (stale) return `${stale.figure.name}: ${stale.reason}`
    const derived = this.#derived()
    return 'problem' in derived && this.#operands().every(({ state }) => state === 'fresh')
      ? derived.problem
      : ''
  }

  get state(): FigureState {
    if (this.#operands().some(({ state }) => state === 'unmeasured')) return 'unmeasured'
    return this.reason === '' ? 'fresh' : 'stale'
  }

  get value(): FigureValue | null {
    const derived = this.#derived()
    return 'value' in derived ? derived.value : null
  }

  get former(): FigureValue[] {
    const { entry, value } = this
    const last = entry === null || value === null || entry.value === value ? [] : [entry.value]
    return [...formerOf(entry, value), ...last]
  }

  #operands(): MeasuredFigure[] {
    return [...this.#derivation.operands.values()].flatMap(name => this.#figures.get(name) ?? [])
  }

  #derived() {
    const { expression, operands } = this.#derivation
    return evaluate(expression, name => this.#figures.get(operands.get(name) ?? name)?.value ?? undefined)
  }
}

function formerOf(entry: LockEntry | null, today: FigureValue | null): FigureValue[] {
  const seen = new Set([JSON.stringify(today)])
  return (entry?.previous ?? []).flatMap(({ value }) => {
    const key = JSON.stringify(value)
    if (seen.has(key)) return []
    seen.add(key)
    return [value]
  })
}

/** Whether a figure has one of these names, or its definition does. */
export function isNamed({ name, definition }: Figure, names: readonly string[]): boolean {
  return names.includes(name) || (definition !== null && names.includes(definition))
}
