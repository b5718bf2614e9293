import type { FigureRow } from '../../figures/judging/judge-change-figures.ts'
import type { Finding } from '../../findings/finding.ts'
import { messageOf } from '../../findings/message.ts'
import type { Judged, Verification } from '../verification.ts'
import { placeText, reportedOf } from './reported.ts'
import { cell, formatTable, inlineCode } from './table.ts'

const STRUCTURE = /^(?:spec|delta|proposal|schema)\//
const DRIFT = /^(?:figure\/|gate\/|delta\/base-moved$)/
const COHERENCE = /^(?:figure\/|gate\/|delta\/(?:base-moved$|overlap-))/
const FRONT_DOOR = 'implementation/front-door'

function structuralOf(verification: Verification): Judged[] {
  return reportedOf(verification).filter(
    ({ finding: { code } }) => STRUCTURE.test(code) && !COHERENCE.test(code),
  )
}

/** True when validation reports nothing worse than a suggestion. */
export function isAllValid(verification: Verification): boolean {
  return structuralOf(verification).every(({ finding }) => finding.severity === 'suggestion')
}

export function structureSection(verification: Verification): string {
  const failing = structuralOf(verification)
  if (failing.length === 0) return 'No finding.'
  const items = new Set(failing.map(({ finding }) => finding.file)).size
  const count = `${failing.length} ${failing.length === 1 ? 'finding' : 'findings'}`
  return `${count} in ${items} ${items === 1 ? 'file' : 'files'}.\n\n${findingTable('Item', failing, verification)}`
}

export function deltaSection({ deltas }: Verification): string {
  if (deltas.length === 0) return 'The change touches no capability.'
  const rows = deltas.map(({ capability, state, notes }) => [
    inlineCode(capability),
    state === 'synced' ? 'synced' : 'pending sync',
    cell(notes),
  ])
  return formatTable(['Capability', 'State', 'Notes'], rows)
}

/** Contradictions between artifacts, then drift warnings. */
export function coherenceSection(verification: Verification): string {
  const judged = reportedOf(verification).filter(
    ({ dimension, finding: { code } }) => dimension === 'coherence' || COHERENCE.test(code),
  )
  const drift = judged.filter(({ finding }) => DRIFT.test(finding.code))
  const others = judged.filter(({ finding }) => !DRIFT.test(finding.code))
  const table = others.length === 0 ? 'No contradiction found.' : findingTable('Place', others, verification)
  const warnings = drift.length === 0 ? ' none.' : `\n\n${findingTable('Place', drift, verification)}`
  const figures = figureTable(verification.figures)
  return `${table}${figures}\n\n**Drift warnings**:${warnings}`
}

/** @param leaks specs outside openspec/ that belong to no change */
export function frontDoorSection(verification: Verification, leaks: Finding[]): string {
  const own = reportedOf(verification).filter(({ finding }) => finding.code === FRONT_DOOR)
  const all = [
    ...own,
    ...leaks.map(finding => ({ dimension: 'implementation' as const, finding, accepted: null })),
  ]
  if (all.length === 0) return 'No file under `docs/superpowers/specs/`.'
  return findingTable('File', all, verification)
}

function findingTable(first: string, judged: Judged[], verification: Verification): string {
  const rows = judged.map(({ finding, accepted }) => [
    cell(placeText(finding, verification)),
    cell(messageOf(finding)),
    accepted === null ? finding.severity : 'carried',
  ])
  return formatTable([first, 'Finding', 'Severity'], rows)
}

/** The value of each figure in each artifact and as measured; empty without bound figures. */
function figureTable(rows: FigureRow[]): string {
  if (rows.length === 0) return ''
  const table = rows.map(({ figure, spec, design, proposal, measured, state, evidence }) => [
    inlineCode(figure),
    ...[spec, design, proposal].map(cell),
    cell(state === 'fresh' ? measured : state === 'stale' ? `${measured} (stale)` : 'never measured'),
    cell(evidence),
  ])
  return `\n\n${formatTable(['Figure', 'Spec', 'Design', 'Proposal', 'Measured', 'Evidence'], table)}`
}
