import type { ErrorCode } from '../../errors.ts'
import type { FindingCode } from '../../findings/finding.ts'
import { ARCHIVE_PAGES, MIRROR_PAGES } from './archive.ts'
import { ARTIFACT_PAGES } from './artifact.ts'
import { BINDING_PAGES } from './binding.ts'
import { BOARD_PAGES } from './board.ts'
import { CHANGE_PAGES } from './change.ts'
import { DELTA_PAGES } from './delta.ts'
import { DOCTOR_PAGES } from './doctor.ts'
import { CHANGE_ERROR_PAGES } from './errors-changes.ts'
import { FILE_ERROR_PAGES } from './errors-files.ts'
import { BUG_PAGES, DEFERRAL_PAGES, GATE_PAGES, REFUSAL_PAGES, REMOTE_PAGES } from './errors-outcomes.ts'
import { SETUP_ERROR_PAGES } from './errors-setup.ts'
import { FIGURE_PAGES } from './figures.ts'
import { LEDGER_PAGES } from './ledger.ts'
import type { Page, Pages } from './page.ts'
import { PROPOSAL_PAGES } from './proposal.ts'
import { REGISTRY_PAGES } from './registry.ts'
import { SPEC_PAGES } from './spec.ts'
import { SYNC_PAGES } from './sync.ts'
import { TASK_PAGES } from './tasks.ts'
import { VERIFICATION_PAGES } from './verification.ts'

/** Pages that belong together. */
export interface Family {
  title: string
  /** Exit code of the errors in it; null for findings. */
  exitCode: number | null
  pages: Readonly<Record<string, Page>>
}

/** Everything that opsx can say by a code: first the findings, in the order of a change's life, then the errors. */
export const FAMILIES: readonly Family[] = [
  findings('Binding', BINDING_PAGES),
  findings('Change and schema', CHANGE_PAGES),
  findings('Proposal', PROPOSAL_PAGES),
  findings('Delta specs', DELTA_PAGES),
  findings('Main specs', SPEC_PAGES),
  findings('Artifacts and design', ARTIFACT_PAGES),
  findings('Tasks', TASK_PAGES),
  findings('Verification', VERIFICATION_PAGES),
  findings('Archive', ARCHIVE_PAGES),
  findings('Mirror', MIRROR_PAGES),
  findings('Figures and gates', FIGURE_PAGES),
  findings('Ledger', LEDGER_PAGES),
  findings('Registry and workspace', REGISTRY_PAGES),
  findings('Board', BOARD_PAGES),
  findings('Sync', SYNC_PAGES),
  findings('Doctor', DOCTOR_PAGES),
  errors('Usage and configuration', 2, SETUP_ERROR_PAGES),
  errors('Changes, tasks and issues', 2, CHANGE_ERROR_PAGES),
  errors('Files', 2, FILE_ERROR_PAGES),
  errors('Refusals', 1, REFUSAL_PAGES),
  errors('Linear', 3, REMOTE_PAGES),
  errors('Safety gates', 4, GATE_PAGES),
  errors('Not now', 75, DEFERRAL_PAGES),
  errors('Bugs', 70, BUG_PAGES),
]

/** Every page by its code; what the families leave out does not compile. */
export const PAGES: Pages<FindingCode | ErrorCode | 'BUG'> = {
  ...BINDING_PAGES,
  ...CHANGE_PAGES,
  ...PROPOSAL_PAGES,
  ...DELTA_PAGES,
  ...SPEC_PAGES,
  ...ARTIFACT_PAGES,
  ...TASK_PAGES,
  ...VERIFICATION_PAGES,
  ...ARCHIVE_PAGES,
  ...MIRROR_PAGES,
  ...FIGURE_PAGES,
  ...LEDGER_PAGES,
  ...REGISTRY_PAGES,
  ...BOARD_PAGES,
  ...SYNC_PAGES,
  ...DOCTOR_PAGES,
  ...SETUP_ERROR_PAGES,
  ...CHANGE_ERROR_PAGES,
  ...FILE_ERROR_PAGES,
  ...REFUSAL_PAGES,
  ...REMOTE_PAGES,
  ...GATE_PAGES,
  ...DEFERRAL_PAGES,
  ...BUG_PAGES,
}

function findings(title: string, pages: Family['pages']): Family {
  return { title, exitCode: null, pages }
}

function errors(title: string, exitCode: number, pages: Family['pages']): Family {
  return { title, exitCode, pages }
}
