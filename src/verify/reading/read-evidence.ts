import type { CachedFiles } from '../../change/cached-files.ts'
import { OpsxError } from '../../errors.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { type ArtifactFile, artifactDigest, codeDigest } from '../evidence/artifact-digest.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { JudgedFigures } from '../facts.ts'
import type { Signals } from '../verification.ts'
import type { GitWork } from './read-git-work.ts'
import type { Repository } from './read-repository.ts'

/**
 * The implementation of one change. Its commits are those since the merge base. Without a merge base they are those
 * since the commit that added the change; `counted`: git is asked for that commit, which costs a process.
 */
export function readSignals(
  { signals, code, since }: GitWork,
  { change, counted }: { change: TrackedChange; counted: boolean },
): Signals {
  const { base, commits, head, uncommitted, unpushed } = signals
  if (base !== null && commits !== null) {
    return { uncommitted, unpushed, code, commits: { from: base, to: head, count: commits } }
  }
  const added = counted ? since(change.directory) : null
  const range = added && { from: added.commit, to: head, count: added.count }
  return { uncommitted, unpushed, code, commits: range }
}

interface EvidenceParts {
  change: TrackedChange
  files: CachedFiles
  /** Files of the change, relative to its directory. */
  list: string[]
  signals: Signals | null
  /** Evidence of the previous report; null without one. */
  recorded: Evidence | null
  figures: JudgedFigures | null
  merged: boolean
}

/** Today's evidence, with empty `criticals`. */
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

/** A binary file is compared by its blob id, which is unknown outside git. */
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
 * The files of the code digest. The files that the recorded report lists are always in it, so that the digest can be
 * compared after a squash or rebase and in a shallow clone. Before the merge, files that the branch touches are added;
 * after it, the branch has the code of another change.
 */
function codePaths({ signals, recorded, merged }: EvidenceParts): string[] {
  const named = recorded?.paths ?? []
  if (recorded && merged) return named
  return [...new Set([...named, ...(signals?.code ?? [])])].sort()
}
