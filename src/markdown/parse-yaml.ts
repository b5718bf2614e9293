import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'

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
    return { value: load(text, { schema: CORE_SCHEMA }), problem: null }
  } catch (error) {
    return { value: undefined, problem: problemOf(error, text) }
  }
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
