import type { ChangeDirectory } from '../../change/change-directories.ts'
import { CHANGES } from '../../change/change-directories.ts'
import { changeReader } from '../../change/read-changes.ts'
import { readRegistry } from '../../change/registry/read-registry.ts'
import type { Registry } from '../../change/registry/registry.ts'
import type { Schema } from '../../change/schema/parse-schema.ts'
import { readSchema } from '../../change/schema/read-schema.ts'
import { OpsxError } from '../../errors.ts'
import { FIGURES_FILE } from '../../figures/lock/lock.ts'
import type { Git, GitSurvey } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type MainSpecs, readMainSpecs } from '../../specs/read-specs.ts'
import type { FigureFacts } from './read-figure-facts.ts'
import { type GitWork, readGitWork } from './read-git-work.ts'

export interface VerifyPorts {
  workspace: Workspace
  git: Git
  /** Version of opsx. */
  version: string
}

/** `open`: all active changes; overlap is searched in them. */
export interface Selection {
  open: ChangeDirectory[]
  selected: ChangeDirectory[]
}

export interface ReadingOptions {
  selection: Selection
  /** Reports will be written, so evidence and base locks of every change are read. */
  write: boolean
  /** Why the delta specs are still valid although an upstream artifact changed; null when no person confirmed it. */
  stillHolds: string | null
  /** The directory of the only change that git is asked about. */
  within?: string
}

/** Everything that the changes of a run share; each part is read once. */
export interface Repository extends Omit<ReadingOptions, 'within'> {
  workspace: Workspace
  version: string
  registry: Registry
  main: MainSpecs
  /** Null outside git. */
  git: {
    facts: GitSurvey['facts']
    /** Directories of the changes that are on the default branch. */
    merged: ReadonlySet<string>
    /** Null when the files are those of an older commit, because git reports only the work of today. */
    work: GitWork | null
  } | null
  /** Null in a repository without figures.yaml. */
  figures: FigureFacts | null
  readArtifacts: ReturnType<typeof changeReader>
  /** Null for a schema that is neither built in nor in the project. */
  schemaNamed(name: string): Schema | null
}

/** Reads registry, main specs, figures and git for a verification of the selected changes. */
export async function readRepository(ports: VerifyPorts, options: ReadingOptions): Promise<Repository> {
  const { workspace, git, version } = ports
  const { selection, write, stillHolds, within } = options
  const [survey, figures] = await Promise.all([git.survey(CHANGES, within), readFigureFacts(workspace)])
  return {
    selection,
    write,
    stillHolds,
    version,
    git: survey
      ? {
          facts: survey.facts,
          merged: new Set(survey.facts.merged),
          work: survey.signals ? readGitWork(survey.signals, { workspace, git }) : null,
        }
      : null,
    figures,
    ...inFiles(workspace),
  }
}

/** The same repository at an older commit, with all its changes. */
export async function readRepositoryAt(
  { git, ...today }: Repository,
  { workspace, selection }: { workspace: Workspace; selection: Selection },
): Promise<Repository> {
  return {
    ...today,
    selection,
    write: false,
    stillHolds: null,
    git: git && { ...git, work: null },
    figures: await readFigureFacts(workspace),
    ...inFiles(workspace),
  }
}

function inFiles(
  workspace: Workspace,
): Pick<Repository, 'workspace' | 'registry' | 'main' | 'readArtifacts' | 'schemaNamed'> {
  return {
    workspace,
    registry: readRegistry(workspace),
    main: readMainSpecs(workspace),
    readArtifacts: changeReader(workspace),
    schemaNamed: schemaReader(workspace),
  }
}

/** A repository without figures does not load the modules that read them. */
async function readFigureFacts(workspace: Workspace): Promise<FigureFacts | null> {
  if (workspace.read(FIGURES_FILE) === undefined) return null
  return (await import('./read-figure-facts.ts')).readFigureFacts(workspace)
}

function schemaReader(workspace: Workspace): (name: string) => Schema | null {
  const known = new Map<string, Schema | null>()
  return name => {
    if (!known.has(name)) known.set(name, schemaNamed(workspace, name))
    return known.get(name) ?? null
  }
}

function schemaNamed(workspace: Workspace, name: string): Schema | null {
  try {
    return readSchema(workspace, name)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return null
  }
}
