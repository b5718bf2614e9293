import { parseBindings } from '../figures/bindings/parse-bindings.ts'
import { liftDefinitions } from '../figures/definitions/lift-definitions.ts'
import { type DefinitionSource, parseDefinitions } from '../figures/definitions/parse-definitions.ts'
import { FIGURES_FILE } from '../figures/lock/lock.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { DeltaFile } from '../specs/read-specs.ts'

/** The repository's figures.yaml as it is and as it will be. */
export interface LiftedFigures {
  path: string
  before: string | null
  after: string
}

/**
 * Definitions of the change that its delta specs bind: in the archive they would not be found. What
 * cannot be moved up is a reason not to archive.
 */
export function liftCited({
  change,
  deltas,
  base,
  overlay,
}: {
  change: string
  deltas: readonly DeltaFile[]
  base: string | undefined
  overlay: DefinitionSource
}): { lifted: LiftedFigures | null; findings: Finding[] } {
  const bound = deltas.flatMap(({ path, delta }) => {
    return parseBindings({ text: delta.text, kind: 'spec', file: path }).bindings
  })
  const { figures } = parseDefinitions({ overlay }).definitions
  const names = bound.flatMap(({ figure }) => figures.get(figure)?.definition ?? [])
  if (names.length === 0) return { lifted: null, findings: [] }
  const result = liftDefinitions(base, overlay.text, [...new Set(names)].sort())
  if ('problem' in result) {
    const place = { change, file: overlay.path, line: 1 }
    return {
      lifted: null,
      findings: [finding('archive/figure-definition', 'critical', { reason: result.problem }, place)],
    }
  }
  if (result.text === base) return { lifted: null, findings: [] }
  return { lifted: { path: FIGURES_FILE, before: base ?? null, after: result.text }, findings: [] }
}
