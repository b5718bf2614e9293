import { ARCHIVE, MIRROR } from './archive.ts'
import { ARTIFACT } from './artifact.ts'
import { BINDING } from './binding.ts'
import { BOARD } from './board.ts'
import { CHANGE } from './change.ts'
import { DELTA_MERGE } from './delta-merge.ts'
import { DELTA_TEXT } from './delta-text.ts'
import { DOCTOR } from './doctor.ts'
import { FIGURES } from './figures.ts'
import { LEDGER } from './ledger.ts'
import { PROPOSAL } from './proposal.ts'
import { REGISTRY } from './registry.ts'
import { SPEC } from './spec.ts'
import { SYNC } from './sync.ts'
import { TASKS } from './tasks.ts'
import { VERIFICATION } from './verification.ts'

/** Every finding code with its sentence and its fix. */
export const FINDINGS = {
  ...BINDING,
  ...CHANGE,
  ...PROPOSAL,
  ...DELTA_TEXT,
  ...DELTA_MERGE,
  ...SPEC,
  ...ARTIFACT,
  ...TASKS,
  ...VERIFICATION,
  ...ARCHIVE,
  ...MIRROR,
  ...FIGURES,
  ...LEDGER,
  ...REGISTRY,
  ...BOARD,
  ...SYNC,
  ...DOCTOR,
}

export type FindingCode = keyof typeof FINDINGS

/** Arguments of each code, as declared by its sentence. */
export type FindingArgs = { [C in FindingCode]: Parameters<(typeof FINDINGS)[C]['message']>[0] }
