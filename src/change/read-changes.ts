import { OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import { parseFrontmatter } from '../markdown/parse-frontmatter.ts'
import type { Workspace } from '../ports/workspace.ts'
import type { Change, Proposal } from './change.ts'
import { type ChangeDirectory, changeDirectories } from './change-directories.ts'
import { hasContent } from './has-content.ts'
import { parseBinding, UNBOUND } from './parse-binding.ts'
import { parseTasks } from './parse-tasks.ts'
import { NO_REPORT, parseVerifyReport } from './parse-verify-report.ts'
import { parseSchemaName, schemaExists } from './schema/schema-name.ts'

/** Which changes to read: `archived: 'none'` still reads the archived twin of an active directory. */
export interface ChangeSelection {
  archived: 'none' | 'all'
  /** Names without the archive's date; every change when absent. */
  names?: string[]
}

type Files = Pick<Workspace, 'list' | 'read'>

/** What all changes of one run share. */
interface Surroundings {
  configured: string | null
  schemaKnown(name: string): boolean
}

/**
 * Reads the changes of a repository in one walk of `openspec/changes`, ordered by name, an active one before archived
 * ones. A change that cannot be read comes back empty with a finding; the others go on.
 */
export function readChanges(workspace: Workspace, selection: ChangeSelection): Change[] {
  return readEachChange(workspace, selection, change => change)
}

/** As readChanges, but holds only what `take` keeps of a change, and not the texts of a thousand changes at once. */
export function readEachChange<T>(
  workspace: Workspace,
  selection: ChangeSelection,
  take: (change: Change) => T,
): T[] {
  const read = changeReader(workspace)
  return changeDirectories(workspace, selection).map(directory => take(read(directory)))
}

/** Reads single changes; `files` is where one is read from, when that is not the workspace itself. */
export function changeReader(workspace: Workspace): (directory: ChangeDirectory, files?: Files) => Change {
  const known = new Map<string, boolean>()
  const surroundings: Surroundings = {
    configured: parseSchemaName(workspace.read('openspec/config.yaml')).name,
    schemaKnown(name) {
      const answer = known.get(name) ?? schemaExists(workspace, name)
      known.set(name, answer)
      return answer
    },
  }
  return (directory, files = workspace) => readChange(surroundings, directory, files)
}

function readChange(surroundings: Surroundings, directory: ChangeDirectory, files: Files): Change {
  const change: Change = {
    name: directory.name,
    directory: directory.path,
    archived: directory.archived,
    schema: null,
    twin: directory.twin,
    proposal: null,
    binding: UNBOUND,
    tasks: null,
    verifyReport: NO_REPORT,
    findings: [],
  }
  const report = (findings: Finding[]) => {
    for (const each of findings) change.findings.push({ ...each, change: change.name })
  }
  if (directory.twin) report([finding('change/archived-twin', 'warning', { archive: directory.path })])
  try {
    readArtifacts({ ...surroundings, files }, change, report)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    report([finding('change/unreadable', 'critical', { reason: error.message }, { file: directory.path })])
  }
  return change
}

function readArtifacts(
  { files, configured, schemaKnown }: Surroundings & { files: Files },
  change: Change,
  report: (findings: Finding[]) => void,
): void {
  const present = new Set(files.list(change.directory).map(entry => (entry.directory ? '' : entry.name)))
  const read = (name: string) => {
    const path = `${change.directory}/${name}`
    const text = present.has(name) ? files.read(path) : undefined
    return text === undefined ? null : { path, text }
  }

  const meta = read('.openspec.yaml')
  const own = parseSchemaName(meta?.text)
  change.schema = own.name ?? configured
  if (meta && own.problem) {
    const place = { file: meta.path, line: own.problem.line }
    report([finding('change/unreadable', 'warning', { reason: own.problem.reason }, place)])
  }
  if (change.schema !== null && !change.archived && !schemaKnown(change.schema)) {
    report([finding('schema/unknown', 'info', { schema: change.schema }, meta ? { file: meta.path } : {})])
  }

  const proposal = read('proposal.md')
  change.proposal = proposal && proposalOf(proposal)
  const bound = parseBinding({ proposal: change.proposal, changeFile: read('linear.yaml') })
  change.binding = bound.binding
  report(bound.findings)

  const tasks = read('tasks.md')
  if (tasks) {
    const parsed = parseTasks(tasks.text, tasks.path)
    change.tasks = parsed.tasks
    report(parsed.findings)
  }
  const verify = read('verify.md') ?? read('verification.md')
  if (verify) {
    const parsed = parseVerifyReport(verify.text, verify.path)
    change.verifyReport = parsed.report
    report(parsed.findings)
  }
}

function proposalOf({ path, text }: { path: string; text: string }): Proposal {
  const frontmatter = parseFrontmatter(text)
  return { path, text, frontmatter, hasContent: hasContent(text, frontmatter.bodyOffset) }
}
