import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { directory } from './figure-fixture.ts'

export interface Label {
  /** Relative to the change's directory. */
  file: string
  line: number
  asserted: number | string
  figure: string
}

export const SITUATION = 'figures-synthetic'
export const { drifts } = JSON.parse(readFileSync(join(directory(SITUATION), 'labels.json'), 'utf8')) as {
  drifts: Label[]
}

/** Comments that bind what the labels call drifts, and what is right, by file and line. */
const RIGHT: [string, number, string][] = [
  ['specs/harbor-index/spec.md', 6, 'tests.skipped=3'],
  ['specs/harbor-index/spec.md', 7, 'cold_start<=250'],
  ['specs/harbor-index/spec.md', 13, 'docks=6'],
  ['proposal.md', 13, 'cold_start<=250, probes=13'],
  ['design.md', 5, 'probes was 9, probes=13'],
  ['design.md', 6, 'probes was 14, probes=13'],
  ['design.md', 8, 'probes was 9'],
  ['design.md', 15, 'probes=13, tests.passed=417'],
  ['tasks.md', 4, 'probes was 12'],
]

/** A text of the situation with those comments. */
export function bound(source: { file: string; text: string }): string {
  const lines = source.text.split('\n')
  const comments = [
    ...drifts.map(
      ({ file, line, asserted, figure }) =>
        [file, line, `${figure}=${asserted === 'Fourteen' ? 14 : asserted}`] as const,
    ),
    ...RIGHT,
  ]
  for (const [file, line, term] of comments) {
    if (file !== source.file) continue
    // A line in the fence is bound from the line before it.
    const fenced = file === 'design.md' && line === 18
    const at = fenced ? 15 : line - 1
    lines[at] = `${lines[at]}${fenced ? '' : ' '}<!-- fig: ${term} -->`
  }
  return lines.join('\n')
}
