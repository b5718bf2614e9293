import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import { lineAt } from './splice.ts'

/** Result of reading YAML: `line` is 1-based within the text given. */
export interface ParsedYaml {
  /** Undefined for an empty document and when the text does not parse. */
  value: unknown
  problem: { reason: string; line: number } | null
}

/**
 * Reads YAML 1.2 core: timestamps stay strings, duplicate keys are a problem.
 * Never throws.
 */
export function parseYaml(text: string): ParsedYaml {
  try {
    const value: unknown = load(text, { schema: CORE_SCHEMA })
    const reason = aliasProblem(text, value)
    if (reason === null) return { value, problem: null }
    return { value: undefined, problem: { reason, line: lineAt(text, text.search(ALIAS)) } }
  } catch (error) {
    return { value: undefined, problem: problemOf(error, text) }
  }
}

/** Values that the aliases of a file may stand for, each counted as often as it is used. */
const MOST_VALUES = 100_000
const ALIAS = /(?:^|[\s,[{])\*[^\s,\]}]/m

/** A few lines of aliases to aliases stand for billions of values, and a program that walks them never ends. */
function aliasProblem(text: string, value: unknown): string | null {
  if (!ALIAS.test(text)) return null
  let count = 0
  const above = new Set<unknown>()
  const isTooMuch = (each: unknown): boolean => {
    count += 1
    if (typeof each !== 'object' || each === null) return count > MOST_VALUES
    if (above.has(each)) return true
    above.add(each)
    const found = count > MOST_VALUES || Object.values(each).some(isTooMuch)
    above.delete(each)
    return found
  }
  if (!isTooMuch(value)) return null
  return count > MOST_VALUES ? 'its aliases stand for too many values' : 'an alias contains itself'
}

function problemOf(error: unknown, text: string): { reason: string; line: number } {
  if (error instanceof YAMLException) {
    // js-yaml ends every text with a line end of its own, and a lone CR ends a line for it.
    const line = Math.min((error.mark?.line ?? 0) + 1, text.split('\n').length)
    return { reason: error.reason || 'not valid YAML', line }
  }
  return { reason: error instanceof RangeError ? 'nested too deeply' : 'not valid YAML', line: 1 }
}

/** A YAML mapping as a plain record; undefined for anything else. */
export function recordOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as Record<string, unknown>
}
