import type { Change } from '../change/change.ts'
import { namedChange } from '../change/named-changes.ts'
import { readChanges } from '../change/read-changes.ts'
import { projectSlug } from '../change/registry/project-slug.ts'
import { readRegistry } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { registerProject, registerTeam } from '../change/registry/registry-edits.ts'
import { OpsxError } from '../errors.ts'
import type { LinearData, LinearIssue, Tracker } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'
import { gateOf } from '../sync/gate.ts'
import { runSync, type SyncOutcome, type SyncPorts } from '../sync/run-sync.ts'
import { requireRegistry } from '../sync/snapshot.ts'
import {
  type BindRequest,
  IDENTIFIER,
  identifierOf,
  refuseOtherIssue,
  writeBinding,
} from './write-binding.ts'

/** The result of a bind: the files that were written, and the result of the sync. */
export interface Bound {
  change: string
  issue: string
  writes: string[]
  /** False for an empty proposal. The sync then does not move the issue. */
  hasContent: boolean
  outcome: SyncOutcome
}

export type BindPorts = SyncPorts & { newId(): string }

/**
 * Writes the binding, registers team and project, and syncs this change. After an interruption, another bind or any later
 * sync does the rest.
 */
export async function runBind(ports: BindPorts, request: BindRequest): Promise<Bound> {
  const release = ports.lock.acquire()
  try {
    const { workspace } = ports
    const registry = readRegistry(workspace)
    requireRegistry(registry)
    const change = changeToBind(workspace, request)
    const identifier = identifierOf(request.issue)
    const found = request.offline ? null : await findIssue(ports, registry, identifier)
    const issue = found?.issue ?? null
    refuseOtherIssue(change, request, issue)
    const writes = issue ? registerPlaces(workspace, issue, projectOf(request, registry, issue)) : []
    writes.push(...writeBinding(ports, { workspace, change, request, identifier, issue, registry }))
    const seen = found ? { seen: found } : {}
    const names = [change.name]
    const outcome = await runSync(ports, {
      names,
      describe: true,
      locked: true,
      offline: request.offline === true,
      ...seen,
    })
    for (const path of outcome.applied.written.keys()) if (!writes.includes(path)) writes.push(path)
    const hasContent = change.proposal?.hasContent === true
    return { outcome, change: change.name, issue: issue?.identifier ?? identifier, writes, hasContent }
  } finally {
    release()
  }
}

function changeToBind(workspace: Workspace, request: BindRequest): Change {
  const change = namedChange(readChanges(workspace, { archived: 'all' }), request.change)
  if (change.archived) {
    throw new OpsxError('TRANSITION_REFUSED', `${change.directory} is archived.`, {
      hint: `opsx reopen ${change.name} --reason "…"`,
    })
  }
  if (!change.proposal) {
    throw new OpsxError('CHANGE_UNBOUND', `${change.directory} has no proposal.md to write the binding to.`, {
      hint: 'Create it first. opsx new creates one for a new change.',
    })
  }
  if (change.proposal.frontmatter.problem) {
    const { reason, line } = change.proposal.frontmatter.problem
    throw new OpsxError('FRONTMATTER_UNREADABLE', `${change.proposal.path}:${line}: ${reason}.`, {
      hint: 'Fix the YAML between the --- lines.',
    })
  }
  return change
}

/** The issue, and what was read together with it, so that the sync does not read it again. */
async function findIssue(
  ports: BindPorts,
  registry: Registry,
  identifier: string,
): Promise<{ issue: LinearIssue; linear: LinearData; tracker: Tracker }> {
  const tracker = await ports.linear.tracker({ slug: registry.workspace.slug })
  const key = IDENTIFIER.exec(identifier)?.[1] ?? ''
  const teams = [...new Set([key, ...registry.teams.map(team => team.key)])]
  const linear: LinearData = await tracker.readLinearData({ teams, issues: [identifier] })
  const issue = linear.issues[0]
  const used = registry.teams.filter(team => team.key === (issue?.team.key ?? key))
  const gate = gateOf(registry, linear, used)
  if (gate) throw gate
  if (issue) return { issue, linear, tracker }
  throw new OpsxError(
    'ISSUE_NOT_FOUND',
    `Linear has no issue ${identifier} that this API key has access to.`,
    {
      hint: `Create it in workspace "${linear.organization.slug}", or check the identifier.`,
    },
  )
}

interface Place {
  slug: string
  id: string | null
  name: string
}

/** The requested project, from the registry or from the issue. Null when none was requested. */
function projectOf(request: BindRequest, registry: Registry, issue: LinearIssue): Place | null {
  const wanted = request.project
  if (wanted === false || wanted === undefined) return null
  const known = registry.projects.find(project => [project.slug, project.name, project.id].includes(wanted))
  if (known) return { slug: known.slug, id: known.id, name: known.name ?? known.slug }
  const own = issue.project
  const slug = own ? projectSlug(own.name) : ''
  if (own && [own.id, own.slugId, own.name, slug].includes(wanted))
    return { slug, id: own.id, name: own.name }
  throw new OpsxError(
    'PROJECT_NOT_FOUND',
    `Project "${wanted}" is neither in ${registry.path} nor the project of ${issue.identifier}.`,
    {
      hint: 'Add it to projects, add the issue to it in Linear, or bind with --no-project.',
    },
  )
}

function registerPlaces(workspace: Workspace, issue: LinearIssue, project: Place | null): string[] {
  const path = 'openspec/linear.yaml'
  const before = workspace.read(path) ?? ''
  const registry = readRegistry(workspace)
  if (registry.dialect === 'legacy') return []
  let text = before
  if (!registry.teams.some(team => team.key === issue.team.key)) {
    text = registerTeam(text, { key: issue.team.key, id: issue.team.id, name: issue.team.key })
  }
  if (project && !registry.projects.some(known => known.slug === project.slug)) {
    text = registerProject(text, {
      slug: project.slug,
      id: project.id ?? '',
      name: project.name,
      teams: [issue.team.key],
    })
  }
  if (text === before) return []
  workspace.write(path, text, before === '' ? undefined : before)
  return [path]
}
