import { type CachedFiles, cachedFiles } from '../../change/cached-files.ts'
import type { ChangeDirectory } from '../../change/change-directories.ts'
import { filesOf } from '../../change/files-of.ts'
import { isTerminal } from '../../change/states.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { trackChange } from '../../ledger/track-change.ts'
import { type ChangeDeltas, type DeltaFile, type MainSpecs, readDeltas } from '../../specs/read-specs.ts'
import { parseEvidence } from '../evidence/evidence-block.ts'
import type { VerifyFacts } from '../facts.ts'
import { readEvidence, readSignals } from './read-evidence.ts'
import type { Repository } from './read-repository.ts'
import { readUpstream } from './read-upstream.ts'
import { readable } from './readable.ts'

/** One change as it was read. `deltas`, for overlap: those that could be read. */
export type ChangeReading =
  | { type: 'read'; facts: VerifyFacts; deltas: DeltaFile[] }
  /** `reason`: a sentence that names the file. */
  | { type: 'unreadable'; change: TrackedChange; reason: string; deltas: DeltaFile[] }

/** Reads the input of the rules for one change. An unreadable file makes only this change unreadable. */
export function readChange(repository: Repository, directory: ChangeDirectory): ChangeReading {
  const files = cachedFiles(repository.workspace)
  const specs = readable(() => {
    // With this listing, `files` needs no attempt to read files that do not exist.
    files.list(directory.path)
    return readDeltas(files, directory.path)
  })
  const change = trackChange(repository.readArtifacts(directory, files))
  if (typeof specs === 'string') return { type: 'unreadable', change, reason: specs, deltas: [] }
  const { deltas } = specs
  const reason = unreadableIn(change, deltas, repository.main)
  if (reason !== null) return { type: 'unreadable', change, reason, deltas }
  const facts = readable(() => readFacts(repository, { change, files, specs }))
  if (typeof facts === 'string') return { type: 'unreadable', change, reason: facts, deltas }
  return { type: 'read', facts, deltas }
}

/** Why the change, or a main spec that it touches, cannot be read; null when it can. */
function unreadableIn(
  { findings, archived }: TrackedChange,
  deltas: DeltaFile[],
  main: MainSpecs,
): string | null {
  const found = findings.find(({ code, severity }) => code === 'change/unreadable' && severity === 'critical')
  if (found) return (found.args as { reason: string }).reason
  if (archived) return null
  const problems = deltas.map(({ capability }) => main.problem(capability))
  // A capability without a main spec is compared with the names of the others: list them before the rules run.
  if (deltas.some(({ capability }) => !main.get(capability))) main.capabilities()
  return problems.find(problem => problem !== null)?.reason ?? null
}

interface ReadParts {
  change: TrackedChange
  files: CachedFiles
  specs: ChangeDeltas
}

function readFacts(repository: Repository, { change, files, specs }: ReadParts): VerifyFacts {
  const { registry, git, main, write } = repository
  const ended = change.archived || isTerminal(change.phase)
  const { file, decision } = change.verifyReport
  const list = filesOf(files, change.directory)
  const texts = ended ? new Map<string, string>() : readTexts(files, change, specs.deltas)
  const merged = git?.merged.has(change.directory) === true
  const signals = git?.work ? readSignals(git.work, { change, counted: !merged || write }) : null
  const named = file === null || ended ? null : parseEvidence(texts.get(file) ?? '')
  const figures = ended
    ? null
    : (repository.figures?.judge({ change, deltas: specs.deltas, files, list }) ?? null)
  const isCompared = named !== null && (decision === 'pass' || decision === 'warn')
  return {
    change,
    schema: repository.schemaNamed(change.schema ?? 'spec-driven'),
    files: list,
    texts,
    deltas: specs,
    main,
    upstream: ended ? new Map() : readUpstream(repository, { change, texts, deltas: specs.deltas }),
    figures,
    signals,
    merged,
    landed: merged && git?.work?.start.changed.has(`${change.directory}/${file ?? 'verify.md'}`) !== true,
    shallow: git?.work?.signals.shallow === true,
    maximum: change.ledger.maxReviewRounds ?? registry.maxReviewRounds,
    recorded: write ? null : named,
    today:
      !ended && (write || isCompared)
        ? readEvidence(repository, { change, files, list, signals, recorded: named, figures, merged })
        : null,
  }
}

function readTexts(
  files: CachedFiles,
  { directory, verifyReport }: TrackedChange,
  deltas: DeltaFile[],
): Map<string, string> {
  const specs = deltas.map(({ path }) => path.slice(directory.length + 1))
  const report = verifyReport.file ?? 'verify.md'
  const names = ['proposal.md', 'design.md', 'tasks.md', 'plan.md', report, ...specs]
  return new Map(
    names.flatMap(name => {
      const text = files.read(`${directory}/${name}`)
      return text === undefined ? [] : [[name, text]]
    }),
  )
}
