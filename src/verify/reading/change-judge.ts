import type { ChangeDirectory } from '../../change/change-directories.ts'
import type { Schema } from '../../change/parse-schema.ts'
import { changeReader } from '../../change/read-changes.ts'
import { readSchema } from '../../change/read-schema.ts'
import type { RememberedFiles } from '../../change/remember-files.ts'
import { isTerminal } from '../../change/states.ts'
import { OpsxError } from '../../errors.ts'
import type { Finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { trackChange } from '../../ledger/track-change.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { touchesIn } from '../../specs/overlap.ts'
import type { ChangeDeltas, MainSpecs } from '../../specs/read-specs.ts'
import { validateChange } from '../../specs/validate-change.ts'
import { ReadFacts } from './read-facts.ts'
import type { Judgement, Takers, VerifySources } from './verify-facts.ts'
import { openDeltas, problemOf, type VerifyScope } from './verify-scope.ts'

interface JudgeParts<T> {
  sources: VerifySources
  scope: VerifyScope
  take: Takers<T>
}

/** Reads and judges one change after another. */
export function changeJudge<T>({
  sources,
  scope,
  take,
}: JudgeParts<T>): (directory: ChangeDirectory, files: RememberedFiles) => Judgement<T> {
  const { workspace, main } = scope
  const schemas = new Map<string, Schema | null>()
  const read = changeReader(workspace)
  return (directory, files) => {
    const { deltas, problem } = openDeltas(files, directory.path)
    const change = trackChange(read(directory, files))
    const touches = touchesIn({ name: change.name, deltas: deltas.deltas })
    const facts =
      problem ??
      unreadableIn(change, { deltas, main }) ??
      problemOf(() => {
        const specs = specFindings(change, { deltas, main })
        const schema = schemaOf(workspace, change, schemas)
        const parts = { change, files, deltas, specs, main, schema }
        return { result: take.read(new ReadFacts(sources, parts), deltas) }
      })
    if (typeof facts === 'string') {
      return { result: take.unreadable(change, facts), judged: false, touches }
    }
    return { result: facts.result, judged: !change.archived && !isTerminal(change.phase), touches }
  }
}

/** What reading the change said, or a main spec that it touches; null when all of it is text. */
function unreadableIn(
  { findings, archived }: TrackedChange,
  { deltas, main }: { deltas: ChangeDeltas; main: MainSpecs },
): string | null {
  const told = findings.find(({ code, severity }) => code === 'change/unreadable' && severity === 'critical')
  if (told) return (told.args as { reason: string }).reason
  if (archived) return null
  const touched = deltas.deltas.map(({ capability }) => main.problem(capability))
  return touched.find(problem => problem !== null)?.reason ?? null
}

/** An archived change has been merged: validating it against the main specs would find it there already. */
function specFindings(
  change: TrackedChange,
  { deltas, main }: { deltas: ChangeDeltas; main: MainSpecs },
): Finding[] {
  if (change.archived || !change.proposal) return []
  const { path, text } = change.proposal
  const folded = change.ledger.entries.some(({ from, to }) => from === 'Done' && to === 'In Progress')
  return validateChange(
    { name: change.name, directory: change.directory, specs: deltas, proposal: { path, text }, folded },
    main,
  )
}

function schemaOf(
  workspace: Workspace,
  change: TrackedChange,
  known: Map<string, Schema | null>,
): Schema | null {
  const name = change.schema ?? 'spec-driven'
  const seen = known.get(name)
  if (seen !== undefined) return seen
  try {
    known.set(name, readSchema(workspace, name))
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    known.set(name, null)
  }
  return known.get(name) ?? null
}
