import { digestOf } from '../../change/decision-digest.ts'
import type { UpstreamRecord } from '../../specs/upstream-record.ts'
import { digestOfArtifact } from './artifact-digest.ts'

/** The upstream artifacts of delta specs. */
export const UPSTREAM_FILES = ['proposal.md', 'design.md'] as const

/** Digests of a delta spec and its upstream artifacts; `text` returns a file of the change. */
export function upstreamDigests(spec: string, text: (file: string) => string | undefined): UpstreamRecord {
  const artifacts = new Map<string, string>()
  for (const path of UPSTREAM_FILES) {
    const found = text(path)
    if (found !== undefined) artifacts.set(path, digestOfArtifact({ path, text: withoutBoundNumbers(found) }))
  }
  return { spec: digestOf(spec), artifacts, reason: null }
}

/** `opsx figures reconcile` changes bound numbers; a delta spec need not be reviewed again for that. */
function withoutBoundNumbers(text: string): string {
  if (!text.includes('<!-- fig:')) return text
  return text.replace(/^.*<!-- fig:.*$/gm, line => line.replace(/\d[\d,._]*/g, '#'))
}
