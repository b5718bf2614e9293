import type { ChangeDirectory } from '../../change/change-directories.ts'
import { CHANGES } from '../../change/change-directories.ts'
import { filesOf } from '../../change/files-of.ts'
import { changeReader } from '../../change/read-changes.ts'
import { readRegistry } from '../../change/registry/read-registry.ts'
import type { Registry } from '../../change/registry/registry.ts'
import { type Listings, rememberFiles } from '../../change/remember-files.ts'
import type { Schema } from '../../change/schema/parse-schema.ts'
import { readSchema } from '../../change/schema/read-schema.ts'
import { OpsxError } from '../../errors.ts'
import { FIGURES_FILE } from '../../figures/lock/lock.ts'
import type { Git, GitSurvey } from '../../ports/git.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type MainSpecs, readMainSpecs } from '../../specs/read-specs.ts'
import type { FigureFacts } from './read-figure-facts.ts'
import { type GitWork, readGitWork } from './read-git-work.ts'
import { readable } from './readable.ts'

export interface VerifyPorts {
  workspace: Workspace
  git: Git
  /** Of opsx. */
  version: string
}

/** `open`: all active changes, which overlap is looked for in. */
export interface Selection {
  open: ChangeDirectory[]
  selected: ChangeDirectory[]
}

export interface ReadingOptions {
  selection: Selection
  /** Reports are written: the evidence and the base locks of every change are needed. */
  write: boolean
  /** Why the delta specs are still valid although an upstream artifact changed; null when no person confirmed it. */
  stillHolds: string | null
  /** The directory of the only change that git is asked about. */
  within?: string
  /** Archive does not need the list of uncommitted files, and git needs long to tell people's work from opsx's own. */
  skipUncommitted?: boolean
}

/** What all changes of a run share; each part is read once. */
export interface Repository extends Omit<ReadingOptions, 'within' | 'skipUncommitted'> {
  workspace: Workspace
  /** Directories of changes that were listed already. */
  listings: Listings
  version: string
  registry: Registry
  main: MainSpecs
  /** Null outside git. */
  git: {
    facts: GitSurvey['facts']
    /** Directories of the changes that are on the default branch. */
    merged: ReadonlySet<string>
    /** Null for a commit of the past: git reports the work of today. */
    work: GitWork | null
  } | null
  /** Null in a repository without figures.yaml. */
  figures: FigureFacts | null
  readArtifacts: ReturnType<typeof changeReader>
  /** Null for a schema that is neither built in nor in the project. */
  schemaNamed(name: string): Schema | null
}

/** Registry, main specs, figures and git, as far as a verification of the selected changes needs them. */
export async function readRepository(ports: VerifyPorts, options: ReadingOptions): Promise<Repository> {
  const { workspace, git, version } = ports
  const { selection, write, stillHolds, within, skipUncommitted = false } = options
  const [survey, files, figures] = await Promise.all([
    git.survey(CHANGES, within),
    readFiles(workspace, selection),
    readFigureFacts(workspace),
  ])
  return {
    selection,
    write,
    stillHolds,
    version,
    git: survey
      ? {
          facts: survey.facts,
          merged: new Set(survey.facts.merged),
          work: survey.signals ? readGitWork(survey.signals, { workspace, git, skipUncommitted }) : null,
        }
      : null,
    figures,
    ...files,
  }
}

/** What needs no git, and a list of every directory of the selected changes, read while git works. */
async function readFiles(workspace: Workspace, selection: Selection): Promise<RepositoryFiles> {
  const files = inFiles(workspace)
  const listed = rememberFiles(workspace, files.listings)
  // A directory that cannot be listed is reported when its change is read.
  for (const { path } of selection.selected) readable(() => filesOf(listed, path))
  return files
}

/** The same repository at a commit of the past, with all its changes. */
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

type RepositoryFiles = Pick<
  Repository,
  'workspace' | 'listings' | 'registry' | 'main' | 'readArtifacts' | 'schemaNamed'
>

function inFiles(workspace: Workspace): RepositoryFiles {
  return {
    workspace,
    listings: new Map(),
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
    const schema = known.has(name) ? known.get(name) : schemaNamed(workspace, name)
    known.set(name, schema ?? null)
    return schema ?? null
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
