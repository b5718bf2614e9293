import type { Finding } from '../../findings/finding.ts'
import type { Phase } from '../states.ts'

export interface RegistryTeam {
  key: string
  /** UUID; null when the file does not say. */
  id: string | null
  name: string | null
  /** The team's own names for canonical states, where they differ. */
  states: Partial<Record<Phase, string>>
}

export interface RegistryProject {
  slug: string
  /** UUID or slugId. */
  id: string | null
  name: string | null
  teams: string[]
  documents: Record<string, RegistryDocument>
}

/** The project document that mirrors a capability. */
export interface RegistryDocument {
  id: string | null
  url: string | null
  title: string | null
  /** `sha256:` of the text that was sent last. */
  digest: string | null
  /** `sha256:` of what Linear made of it, so that opsx sees edits by others. */
  seen: string | null
}

/** Failed verifications of one change before it needs a person, unless registry or proposal say otherwise. */
export const MAX_REVIEW_ROUNDS = 3

/** `openspec/linear.yaml`, whatever its dialect. */
export interface Registry {
  /** `none`: no file, or one with nothing filled in. */
  dialect: 'registry' | 'legacy' | 'none'
  path: string
  workspace: { slug: string | null; id: string | null }
  teams: RegistryTeam[]
  projects: RegistryProject[]
  maxReviewRounds: number
  comments: 'all' | 'review' | 'none'
  onPrematureClose: 'report' | 'restore'
  archiveDocuments: { enabled: boolean; titlePrefix: string }
  labelFilter: string | null
  findings: Finding[]
}
