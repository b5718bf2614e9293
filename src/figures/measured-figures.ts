import type { Definition, Figure, FigureDefinitions, FigureValue } from './definitions/definition.ts'
import { type Derivation, evaluate, orderDerived } from './definitions/derive.ts'
import type { FigureLock, LockEntry } from './lock/lock.ts'
import type { MeasuredFigure, MeasuredFigures } from './measured.ts'
import { commandDigest } from './measuring/command-digest.ts'

export interface MeasuredParts {
  definitions: FigureDefinitions
  lock: FigureLock
  /** Digest of the files that the globs match; null without globs. */
  inputs(globs: readonly string[]): string | null
}

/** Combines every figure with its entry of the lock. */
export function measuredFigures({ definitions, lock, inputs }: MeasuredParts): MeasuredFigures {
  const figures = new Map<string, MeasuredFigure>()
  for (const definition of definitions.definitions) {
    for (const figure of definition.figures) {
      if (figure.derive !== null) continue
      const entry = lock.get(figure.name) ?? null
      const reason = entry === null ? '' : stalenessOf(definition, { figure, entry, inputs })
      figures.set(figure.name, lockedFigure(figure, entry, reason))
    }
  }
  const { derivations, problems } = orderDerived(definitions.figures)
  for (const derivation of derivations) {
    const { figure } = derivation
    figures.set(figure.name, derivedFigure(derivation, lock.get(figure.name) ?? null, figures))
  }
  for (const { figure, problem } of problems) figures.set(figure.name, lockedFigure(figure, null, problem))
  return { definitions, figures }
}

interface StalenessParts {
  figure: Figure
  entry: LockEntry
  inputs: MeasuredParts['inputs']
}

/** Why a value may be out of date, as one clause; empty when it is not. */
function stalenessOf(definition: Definition, { figure, entry, inputs }: StalenessParts): string {
  if (entry.stale) return 'two branches measured it differently'
  const { measure } = definition
  if (measure?.type === 'manual') {
    return entry.value === measure.value ? '' : `its value in ${definition.file} is ${measure.value}`
  }
  if (entry.command !== commandDigest(definition, figure)) return 'its command has changed since'
  if (definition.inputs.length === 0) return ''
  return entry.inputs === inputs(definition.inputs) ? '' : `its inputs have changed since ${entry.at}`
}

function lockedFigure(figure: Figure, entry: LockEntry | null, reason: string): MeasuredFigure {
  const value = entry?.value ?? null
  const state = entry === null ? 'unmeasured' : reason === '' ? 'fresh' : 'stale'
  return { figure, entry, reason, state, value, former: formerOf(entry, value) }
}

/** Computes a figure from its operands. It is fresh when all of them are; its lock entry only adds former values. */
function derivedFigure(
  { figure, expression, operands }: Derivation,
  entry: LockEntry | null,
  figures: ReadonlyMap<string, MeasuredFigure>,
): MeasuredFigure {
  const used = [...operands.values()].flatMap(name => figures.get(name) ?? [])
  const derived = evaluate(expression, name => figures.get(operands.get(name) ?? name)?.value ?? undefined)
  const value = 'value' in derived ? derived.value : null
  const stale = used.find(({ state }) => state === 'stale')
  const unmeasured = used.some(({ state }) => state === 'unmeasured')
  const problem = 'problem' in derived && !unmeasured ? derived.problem : ''
  const reason = stale ? `${stale.figure.name}: ${stale.reason}` : problem
  const state = unmeasured ? 'unmeasured' : reason === '' ? 'fresh' : 'stale'
  const last = entry === null || value === null || entry.value === value ? [] : [entry.value]
  return { figure, entry, reason, state, value, former: [...formerOf(entry, value), ...last] }
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
