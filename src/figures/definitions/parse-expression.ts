import type { Comparison } from './definition.ts'

export type Operator = '+' | '-' | '*' | '/' | Comparison

export type Expression =
  | { type: 'number'; value: number }
  | { type: 'name'; name: string }
  | { type: 'negative'; of: Expression }
  | { type: 'operation'; operator: Operator; left: Expression; right: Expression }

export interface ParsedExpression {
  expression: Expression
  /** Each name in it once, in order of appearance. */
  operands: string[]
}

/** Why an expression cannot be parsed, and where. */
export interface ExpressionProblem {
  /** One clause. */
  problem: string
  /** Offset in the text, 0-based. */
  position: number
}

interface Token {
  type: 'number' | 'name' | 'sign' | 'end'
  text: string
  position: number
}

/** A name may contain `-`: `a-b` is a name, and `a - b` is a difference. */
const TOKEN =
  /[ \t\r\n]*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*(?:[-.][A-Za-z0-9_]+)*)|(<=|>=|[-+*/()<>=])|$)/y
const COMPARISONS = ['<=', '>=', '<', '>', '=']
const DEEPEST = 100
const LONGEST = 1000

/**
 * Parses the expression of `derive`: numbers, names with dots, `+ - * /`, parentheses and at most one comparison. The
 * comparison has the lowest precedence and yields 1 or 0. Never throws.
 */
export function parseExpression(text: string): ParsedExpression | ExpressionProblem {
  if (text.length > LONGEST) return { problem: `it is longer than ${LONGEST} characters`, position: LONGEST }
  const read = tokensOf(text)
  if (!Array.isArray(read)) return read
  const reader = { tokens: read, at: 0, depth: 0 }
  const expression = comparison(reader)
  if ('problem' in expression) return expression
  if (peek(reader).type !== 'end') return unexpected(peek(reader))
  const names = read.flatMap(({ type, text: name }) => (type === 'name' ? [name] : []))
  return { expression, operands: [...new Set(names)] }
}

function tokensOf(text: string): Token[] | ExpressionProblem {
  const tokens: Token[] = []
  const token = new RegExp(TOKEN)
  for (;;) {
    const from = token.lastIndex
    const match = token.exec(text)
    if (!match) {
      const position = from + (/^[ \t\r\n]*/.exec(text.slice(from))?.[0].length ?? 0)
      return {
        problem: `"${String.fromCodePoint(text.codePointAt(position) ?? 63)}" is not allowed here`,
        position,
      }
    }
    const [, number, name, sign] = match
    const word = number ?? name ?? sign ?? ''
    const type = number ? 'number' : name ? 'name' : sign ? 'sign' : 'end'
    tokens.push({ type, text: word, position: token.lastIndex - word.length })
    if (type === 'end') return tokens
  }
}

interface Reader {
  tokens: Token[]
  at: number
  depth: number
}

type Read = Expression | ExpressionProblem

function peek({ tokens, at }: Reader): Token {
  return tokens[at] ?? { type: 'end', text: '', position: 0 }
}

function unexpected({ type, text, position }: Token): ExpressionProblem {
  return { problem: type === 'end' ? 'it ends too early' : `"${text}" is not expected here`, position }
}

function comparison(reader: Reader): Read {
  const left = chain(reader, ['+', '-'], each => chain(each, ['*', '/'], operand))
  const token = peek(reader)
  if ('problem' in left || !COMPARISONS.includes(token.text)) return left
  reader.at += 1
  const right = chain(reader, ['+', '-'], each => chain(each, ['*', '/'], operand))
  return operationOf(token, left, right)
}

/** Operations of equal precedence, from left to right. */
function chain(reader: Reader, operators: string[], next: (reader: Reader) => Read): Read {
  let left = next(reader)
  for (let token = peek(reader); operators.includes(token.text); token = peek(reader)) {
    if ('problem' in left) return left
    reader.at += 1
    left = operationOf(token, left, next(reader))
  }
  return left
}

function operationOf({ text }: Token, left: Expression, right: Read): Read {
  return 'problem' in right ? right : { type: 'operation', operator: text as Operator, left, right }
}

function operand(reader: Reader): Read {
  const token = peek(reader)
  reader.at += 1
  if (token.type === 'number') return { type: 'number', value: Number(token.text) }
  if (token.type === 'name') return { type: 'name', name: token.text }
  if (token.text !== '-' && token.text !== '(') return unexpected(token)
  reader.depth += 1
  if (reader.depth > DEEPEST) return { problem: 'it is nested too deeply', position: token.position }
  const inner = token.text === '-' ? operand(reader) : comparison(reader)
  reader.depth -= 1
  if ('problem' in inner || token.text === '-') {
    return 'problem' in inner ? inner : { type: 'negative', of: inner }
  }
  const end = peek(reader)
  reader.at += 1
  return end.text === ')' ? inner : unexpected(end)
}
