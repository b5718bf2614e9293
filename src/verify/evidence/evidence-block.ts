import { DIGEST, evidenceFields } from '../../change/decision-digest.ts'
import type { Evidence } from './evidence.ts'

/** Keys with one value, in the order of the block. */
const SINGLE = ['tool', 'commit', 'artifacts', 'upstream', 'specs', 'code', 'figures'] as const

/** The evidence as one HTML comment without a line break at its end. The same evidence gives the same text. */
export function formatEvidence(evidence: Evidence): string {
  const { paths, criticals } = evidence
  const fields: [string, string | null][] = [
    ...SINGLE.map((key): [string, string | null] => [key, evidence[key]]),
    ...[...paths].sort().map((path): [string, string] => ['path', path]),
    ...[...criticals].sort().map((code): [string, string] => ['critical', code]),
  ]
  const lines = fields.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${encoded(value)}`]))
  return ['<!-- opsx:evidence', ...lines, '-->'].join('\n')
}

/** Encodes a value as JSON when it could close the comment, break the line, or change when the file is written. */
function encoded(value: string): string {
  if (/^[!#-;=?-~](?:[ -;=?-~]*[!-;=?-~])?$/.test(value)) return value
  return JSON.stringify(value).replace(
    /[<>\u007f-\u009f\u2028\u2029\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Reads the evidence block of a verify report. Null without a block, and when a digest is missing, invalid or
 * duplicated. Ignores unknown keys, which later versions may add. Never throws.
 */
export function parseEvidence(verify: string): Evidence | null {
  const fields = evidenceFields(verify)
  if (!fields) return null
  const all = (key: string) => fields.filter(([name]) => name === key).map(([, value]) => value)
  const digest = (key: string) => {
    const [value = '', ...more] = all(key)
    return more.length === 0 && DIGEST.test(value) ? value : null
  }
  const isBroken = (key: string) => digest(key) === null && all(key).length > 0
  const [artifacts, upstream, specs] = [digest('artifacts'), digest('upstream'), digest('specs')]
  if (artifacts === null || upstream === null || specs === null) return null
  if (isBroken('code') || isBroken('figures')) return null
  return {
    tool: all('tool')[0] ?? '',
    commit: all('commit')[0] ?? null,
    artifacts,
    upstream,
    specs,
    code: digest('code'),
    figures: digest('figures'),
    paths: all('path'),
    criticals: all('critical'),
  }
}
