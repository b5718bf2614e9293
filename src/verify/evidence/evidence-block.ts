import { DIGEST, evidenceFields } from '../../change/decision-digest.ts'
import type { Evidence } from './evidence.ts'

/** The evidence as one HTML comment without a line break at its end. The same evidence gives the same text. */
export function formatEvidence(evidence: Evidence): string {
  const { tool, commit, artifacts, upstream, specs, code, figures, paths, criticals } = evidence
  const fields: [string, string | null][] = [
    ['tool', tool],
    ['commit', commit],
    ['artifacts', artifacts],
    ['upstream', upstream],
    ['specs', specs],
    ['code', code],
    ['figures', figures],
    ...[...paths].sort().map((path): [string, string] => ['path', path]),
    ...[...criticals].sort().map((criticalCode): [string, string] => ['critical', criticalCode]),
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
 * Reads the evidence block of a verify report. Null without a block, and when a digest is missing, invalid or there
 * twice. Ignores unknown keys, which later versions may add. Never throws.
 */
export function parseEvidence(verify: string): Evidence | null {
  const fields = evidenceFields(verify)
  if (!fields) return null
  const all = (key: string) => fields.filter(([name]) => name === key).map(([, value]) => value)
  const digest = (key: string) => {
    const [value = '', ...more] = all(key)
    return more.length === 0 && DIGEST.test(value) ? value : null
  }
  const artifacts = digest('artifacts')
  const upstream = digest('upstream')
  const specs = digest('specs')
  const code = digest('code')
  const figures = digest('figures')
  if (artifacts === null || upstream === null || specs === null) return null
  if (code === null && all('code').length > 0) return null
  if (figures === null && all('figures').length > 0) return null
  return {
    tool: all('tool')[0] ?? '',
    commit: all('commit')[0] ?? null,
    artifacts,
    upstream,
    specs,
    code,
    figures,
    paths: all('path'),
    criticals: all('critical'),
  }
}
