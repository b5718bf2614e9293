import { digestOf } from '../change/verdict-digest.ts'
import type { RestsOn } from '../specs/rests-on.ts'
import { digestOfArtifact } from './artifact-digest.ts'

/** The artifacts that delta specs rest on, by their names in `RestsOn`. */
export const UPSTREAM_FILES = ['proposal.md', 'design.md'] as const

/** What a delta spec rests on as it stands there; `text` reads a file of the change. */
export function restsOnOf(spec: string, text: (file: string) => string | undefined): RestsOn {
  const upstream = new Map<string, string>()
  for (const path of UPSTREAM_FILES) {
    const found = text(path)
    if (found !== undefined) upstream.set(path, digestOfArtifact({ path, text: withoutBoundNumbers(found) }))
  }
  return { spec: digestOf(spec), upstream, holds: null }
}

/** Figures hold what a bound line states: that it was reconciled is nothing a delta spec has to be read against again. */
function withoutBoundNumbers(text: string): string {
  if (!text.includes('<!-- fig:')) return text
  return text.replace(/^.*<!-- fig:.*$/gm, line => line.replace(/\d[\d,._]*/g, '#'))
}
