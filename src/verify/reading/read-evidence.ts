import type { RememberedFiles } from '../../change/remember-files.ts'
import { OpsxError } from '../../errors.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { type ArtifactFile, artifactDigest, codeDigest } from '../evidence/artifact-digest.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { JudgedFigures } from '../figure-row.ts'
import type { CommitRange, Signals } from '../verification.ts'
import type { GitWork } from './read-git-work.ts'
import type { Repository } from './read-repository.ts'

/**
 * The implementation of one change; null when git is not there. `counted` is false when nobody needs the commits of a
 * change that the default branch has: git must be asked for them.
 */
export function readSignals(
  work: GitWork | null,
  { change, counted }: { change: TrackedChange; counted: boolean },
): Signals | null {
  if (!work) return null
  const { uncommitted, unpushed } = work.signals
  return { uncommitted, unpushed, code: work.code, commits: readRange(work, { change, counted }) }
}

/** Since the merge base; without one since the commit that added the change. */
function readRange(
  { signals, since }: GitWork,
  { change, counted }: { change: TrackedChange; counted: boolean },
): CommitRange | null {
  const { base, commits, head } = signals
  if (base !== null && commits !== null) return { from: base, to: head, count: commits }
  const added = counted ? since(change.directory) : null
  return added && { from: added.commit, to: head, count: added.count }
}

interface EvidenceParts {
  change: TrackedChange
  files: RememberedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
  signals: Signals | null
  /** Of the previous report. */
  recorded: Evidence | null
  figures: JudgedFigures | null
  merged: boolean
}

/** Today's evidence, without the critical findings. */
export function readEvidence({ git, version }: Repository, parts: EvidenceParts): Evidence {
  const work = git?.work ?? null
  const artifacts = parts.list.map(path => readArtifact(path, parts, work))
  const paths = codePaths(parts)
  const isKnown = work !== null && (paths.length > 0 || work.signals.base !== null)
  const blobs = isKnown ? work.hash(paths) : []
  const isUpstream = ({ path }: ArtifactFile) => path === 'proposal.md' || path === 'design.md'
  return {
    tool: version,
    commit: work?.signals.head ?? null,
    artifacts: artifactDigest(artifacts),
    upstream: artifactDigest(artifacts.filter(isUpstream)),
    specs: artifactDigest(artifacts.filter(({ path }) => path.startsWith('specs/'))),
    code: isKnown ? codeDigest(paths.map((path, index) => [path, blobs[index] ?? null])) : null,
    figures: parts.figures?.digest() ?? null,
    paths,
    criticals: [],
  }
}

/** A picture counts by its blob id, which is unknown outside git. */
function readArtifact(path: string, { files, change }: EvidenceParts, work: GitWork | null): ArtifactFile {
  const full = `${change.directory}/${path}`
  try {
    return { path, text: files.read(full) ?? '' }
  } catch (error) {
    if (!(error instanceof OpsxError) || error.code !== 'FILE_UNREADABLE') throw error
    return { path, text: `no text: ${work?.hash([full])[0] ?? 'unknown'}` }
  }
}

/**
 * The files that the code digest covers: those that the recorded report named, so that it can be compared after a
 * squash, a rebase or in a shallow clone. A branch that brings the change adds what it touched since; on a branch of
 * another change that is not this one's code.
 */
function codePaths({ signals, recorded, merged }: EvidenceParts): string[] {
  const named = recorded?.paths ?? []
  if (recorded && merged) return named
  return [...new Set([...named, ...(signals?.code ?? [])])].sort()
}
