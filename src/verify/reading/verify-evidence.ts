import { OpsxError } from '../../errors.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { GitReader, GitSignals } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type ArtifactFile, artifactDigest, codeDigest } from '../artifact-digest.ts'
import type { Evidence } from '../evidence.ts'
import type { CommitRange, Signals } from '../verification.ts'

/** What git says of the work on this checkout. */
export type GitWork = Pick<GitReader, 'since'> & {
  signals: GitSignals
  hash(paths: string[]): (string | null)[]
}

/** What is known of the implementation of one change. */
export function signalsOf(work: GitWork | null | undefined, change: TrackedChange): Signals | null {
  if (!work) return null
  return new BranchSignals(work, change)
}

/** Each read when a rule asks. A class, so that the engine does not hold what a getter of one object closes over. */
class BranchSignals implements Signals {
  readonly #work: GitWork
  readonly #change: TrackedChange
  #range: CommitRange | null | undefined

  constructor(work: GitWork, change: TrackedChange) {
    this.#work = work
    this.#change = change
  }

  get uncommitted(): string[] {
    return this.#work.signals.uncommitted
  }

  get unpushed(): number | null {
    return this.#work.signals.unpushed
  }

  get code(): string[] {
    const { directory } = this.#change
    return this.#work.signals.touched.filter(
      path => !path.startsWith('openspec/') && !path.startsWith(`${directory}/`),
    )
  }

  get commits(): CommitRange | null {
    if (this.#range === undefined) this.#range = rangeOf(this.#work, this.#change)
    return this.#range
  }
}

/** Since the merge base, or where there is none since the commit that added the change; read when a rule asks. */
function rangeOf({ signals, since }: GitWork, change: TrackedChange): CommitRange | null {
  const { base, commits, head } = signals
  if (base !== null && commits !== null) return { from: base, to: head, count: commits }
  const added = since(change.directory)
  return added && { from: added.commit, to: head, count: added.count }
}

interface EvidenceParts {
  workspace: Pick<Workspace, 'read'>
  work: GitWork | null | undefined
  /** Of opsx. */
  version: string
  change: TrackedChange
  files: string[]
  signals: Signals | null
  recorded: Evidence | null
  merged: boolean
  /** Digest of the figures that it binds. */
  figures: string | null
}

/** Today's evidence. */
export function evidenceOf(parts: EvidenceParts): Evidence {
  const { work, version, files } = parts
  const artifacts = files.map(path => artifactOf(path, parts))
  const paths = codePaths(parts)
  const isKnown = work && (paths.length > 0 || work.signals.base !== null)
  const blobs = isKnown ? work.hash(paths) : []
  const isUpstream = ({ path }: ArtifactFile) => path === 'proposal.md' || path === 'design.md'
  return {
    tool: version,
    get commit() {
      return work?.signals.head ?? null
    },
    artifacts: artifactDigest(artifacts),
    upstream: artifactDigest(artifacts.filter(isUpstream)),
    specs: artifactDigest(artifacts.filter(({ path }) => path.startsWith('specs/'))),
    code: isKnown ? codeDigest(paths.map((path, index) => [path, blobs[index] ?? null])) : null,
    figures: parts.figures,
    paths,
    criticals: [],
  }
}

/** A picture beside the texts counts by its blob id, which outside git nobody can tell. */
function artifactOf(path: string, { workspace, work, change }: EvidenceParts): ArtifactFile {
  const full = `${change.directory}/${path}`
  try {
    return { path, text: workspace.read(full) ?? '' }
  } catch (error) {
    if (!(error instanceof OpsxError) || error.code !== 'FILE_UNREADABLE') throw error
    return { path, text: `no text: ${work?.hash([full])[0] ?? 'unknown'}` }
  }
}

/**
 * The files that the code digest covers: those that the recorded verdict named, so that it can be compared after a
 * squash, a rebase or in a shallow clone. A branch that brings the change adds what it touched since; on a branch of
 * another change that is not this one's code.
 */
function codePaths({ signals, recorded, merged }: EvidenceParts): string[] {
  const named = recorded?.paths ?? []
  const touched = signals?.code ?? []
  if (recorded && merged) return named
  return [...new Set([...named, ...touched])].sort()
}
