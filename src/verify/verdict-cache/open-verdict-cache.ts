import { hash } from 'node:crypto'
import type { Context } from '../../adapters/context.ts'
import { filesOf } from '../../change/files-of.ts'
import { OpsxError } from '../../errors.ts'
import type { GitSurvey } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { VerifySources } from '../reading/verify-facts.ts'
import type { VerifyScope } from '../reading/verify-scope.ts'
import { VerdictCache } from './verdict-cache.ts'
import { parseVerdictLines } from './verdict-lines.ts'

export interface OpenCache {
  cache: VerdictCache
  /** Keeps what the run found for the next one. */
  save(): void
}

export interface CacheParts {
  sources: VerifySources
  scope: VerifyScope
  survey: GitSurvey
}

/** Undefined where nothing can be kept: outside git, before the first commit, or when what all verdicts rest on cannot be read. */
export async function openVerdictCache(
  context: Context,
  { sources, scope, survey }: CacheParts,
): Promise<OpenCache | undefined> {
  const head = survey.facts.head
  // Whoever edits goes back and forth between the two, and every verdict says what is not committed.
  const isClean = survey.signals?.uncommitted.length === 0
  const place = await context.verdictCache(isClean ? 'verdicts' : 'verdicts-uncommitted')
  const world = place && worldOf(scope.workspace, place.build)
  if (!place || world === undefined || head === null) return undefined
  const { workspace, main } = scope
  const unchanged = survey.unchanged('openspec')
  const algorithm = head.length === 40 ? 'sha1' : 'sha256'
  const kept = place.file.read()
  const lines = kept === undefined ? new Map() : parseVerdictLines(kept, world)
  const cache = new VerdictCache({ sources, main, workspace, unchanged, algorithm }, { world, lines })
  return {
    cache,
    save() {
      const { text } = cache
      if (text !== undefined) place.file.write(text)
    },
  }
}

/** Everything in openspec/ that is neither a change nor a main spec, and the code that judges. */
function worldOf(workspace: Workspace, build: string): string | undefined {
  try {
    const around = workspace.list('openspec').filter(entry => !entry.directory)
    const schemas = filesOf(workspace, 'openspec/schemas').map(name => `schemas/${name}`)
    const texts = [...around.map(({ name }) => name), ...schemas].map(name => {
      return [name, workspace.read(`openspec/${name}`)]
    })
    return hash('sha256', JSON.stringify([build, texts]))
  } catch (error) {
    if (error instanceof OpsxError) return undefined
    throw error
  }
}
