import { readRegistry } from '../../change/read-registry.ts'
import type { GitReader, GitSignals, GitSurvey } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { BranchStart } from './rested-on.ts'
import { uncommittedWork } from './uncommitted-work.ts'
import type { VerifySources } from './verify-facts.ts'

/**
 * What all verifications of a run share; `survey` is what git said, undefined outside git. `careless` leaves out what is
 * not committed, for a caller that no warning about it would stop: telling people's work from opsx's own costs git a look.
 */
export function sourcesOf(
  context: { workspace(): Workspace; version: string },
  {
    port,
    survey,
    figures,
    holds,
    careless,
  }: Pick<VerifySources, 'figures' | 'holds'> & {
    careless?: boolean
    port: GitReader
    survey: GitSurvey | undefined
  },
): VerifySources {
  const workspace = context.workspace()
  const { facts, signals } = survey ?? {}
  const work = signals && {
    signals: careless ? { ...signals, uncommitted: [] } : workOf(signals, { workspace, git: port }),
    hash: rememberingHash(port),
    since: port.since,
    start: branchStart(signals, port),
  }
  const git = facts && work ? { facts, merged: new Set(facts.merged), work } : null
  return { registry: readRegistry(workspace), git, figures, version: context.version, holds }
}

/** What is not committed counts as far as it is work of people. */
function workOf(signals: GitSignals, from: { workspace: Workspace; git: GitReader }): GitSignals {
  return { ...signals, uncommitted: uncommittedWork(signals.uncommitted, from) }
}

/** All that differs counts, whoever wrote it. */
function branchStart({ base, touched, uncommitted }: GitSignals, port: GitReader): BranchStart {
  const changed = new Set([...touched, ...uncommitted])
  let files: Workspace | undefined
  return {
    changed: path => changed.has(path),
    read(path) {
      if (base === null) return undefined
      files ??= port.workspaceAt(base, 'openspec/changes')
      return files?.read(path)
    },
  }
}

/** Every file once: without recorded verdicts all changes of a branch share one list of files. */
function rememberingHash(port: GitReader): (paths: string[]) => (string | null)[] {
  const known = new Map<string, string | null>()
  return paths => {
    const fresh = paths.filter(path => !known.has(path))
    for (const [index, id] of port.hashFiles(fresh).entries()) known.set(fresh[index] ?? '', id)
    return paths.map(path => known.get(path) ?? null)
  }
}
