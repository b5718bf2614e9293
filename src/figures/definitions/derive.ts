import type { Figure, FigureValue } from './definition.ts'
import { type Expression, type Operator, parseExpression } from './parse-expression.ts'

export type Derived = { value: number } | { problem: string }

/** Returns `undefined` for a figure without a value. */
export type ValueOf = (name: string) => FigureValue | undefined

/** Computes an expression. `problem` is one clause that explains why it has no value, such as a division by zero. */
export function evaluate(expression: Expression, read: ValueOf): Derived {
  if (expression.type === 'number') return { value: expression.value }
  if (expression.type === 'name') return operandOf(expression.name, read(expression.name))
  if (expression.type === 'negative') {
    const of = evaluate(expression.of, read)
    return 'problem' in of ? of : { value: 0 - of.value }
  }
  const left = evaluate(expression.left, read)
  const right = evaluate(expression.right, read)
  if ('problem' in left) return left
  return 'problem' in right ? right : operate(expression.operator, left.value, right.value)
}

function operandOf(name: string, value: FigureValue | undefined): Derived {
  if (value === undefined) return { problem: `${name} has no value` }
  return typeof value === 'number' ? { value } : { problem: `${name} is not a number` }
}

function operate(operator: Operator, left: number, right: number): Derived {
  if (operator === '/' && right === 0) return { problem: 'it divides by zero' }
  const value = {
    '+': () => left + right,
    '-': () => left - right,
    '*': () => left * right,
    '/': () => left / right,
    '<=': () => Number(left <= right),
    '>=': () => Number(left >= right),
    '<': () => Number(left < right),
    '>': () => Number(left > right),
    '=': () => Number(left === right),
  }[operator]()
  return Number.isFinite(value) ? { value: rounded(value) } : { problem: 'it is too large' }
}

/** Removes the error of binary fractions: 0.1 + 0.2 becomes 0.3. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12))
}

/** A derived figure with its parsed expression. */
export interface Derivation {
  figure: Figure
  expression: Expression
  /** Full names of the figures that it uses, by their names in the expression. */
  operands: ReadonlyMap<string, string>
}

/**
 * Orders derived figures so that every operand comes before the figures that use it. `problems` has the others: the
 * expression cannot be read, a name in it is not a figure, or the figure depends on itself.
 */
export function orderDerived(
  figures: ReadonlyMap<string, Figure>,
  known: (name: string) => boolean = () => false,
): { derivations: Derivation[]; problems: { figure: Figure; problem: string }[] } {
  const problems: { figure: Figure; problem: string }[] = []
  const derivations: Derivation[] = []
  const done = new Map<string, 'open' | 'good' | 'bad'>()

  function visit(figure: Figure): 'open' | 'good' | 'bad' {
    const before = done.get(figure.name)
    if (before !== undefined) return before
    done.set(figure.name, 'open')
    const derivation = derivationOf(figure, figures, known)
    const outcome = 'problem' in derivation ? derivation.problem : problemOf(derivation)
    if (outcome === null) derivations.push(derivation as Derivation)
    else problems.push({ figure, problem: outcome })
    const state = outcome === null ? 'good' : 'bad'
    done.set(figure.name, state)
    return state
  }

  function problemOf({ operands }: Derivation): string | null {
    for (const name of operands.values()) {
      const operand = figures.get(name)
      if (operand?.derive == null) continue
      const state = visit(operand)
      if (state === 'open') return `it depends on itself through ${name}`
      if (state === 'bad') return `${name} cannot be derived`
    }
    return null
  }

  for (const figure of figures.values()) if (figure.derive !== null) visit(figure)
  return { derivations, problems }
}

function derivationOf(
  figure: Figure,
  figures: ReadonlyMap<string, Figure>,
  known: (name: string) => boolean,
): Derivation | { problem: string } {
  const parsed = parseExpression(figure.derive ?? '')
  if ('problem' in parsed) return { problem: `${parsed.problem} (character ${parsed.position + 1})` }
  const operands = new Map<string, string>()
  for (const name of parsed.operands) {
    const beside = `${figure.definition}.${name}`
    const full = !name.includes('.') && figures.has(beside) ? beside : name
    if (!figures.has(full) && !known(full)) return { problem: `there is no figure ${name}` }
    operands.set(name, full)
  }
  return { figure, expression: parsed.expression, operands }
}
