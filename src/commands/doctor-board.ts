import type { Registry } from '../change/registry.ts'
import { PHASES } from '../change/states.ts'
import type { Context } from '../context.ts'
import { type Finding, finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { Board, BoardTeam } from '../ports.ts'
import type { Check } from '../report/doctor.ts'
import { issueOf } from '../sync/issue-of.ts'
import { workflowOf } from '../sync/workflow.ts'

/** Workspace, registered teams with their state names, and every bound issue, in one request; no mutation. */
export async function checkBoard(
  context: Context,
  registry: Registry,
  changes: TrackedChange[],
): Promise<Check[]> {
  const tracker = await context.tracker({ slug: registry.workspace.slug })
  const bound = changes.filter(change => change.binding.source !== 'none')
  const refs = bound.map(({ binding }) => binding.id ?? binding.identifier).filter(ref => ref !== null)
  const board = await tracker.readBoard({
    teams: registry.teams.map(team => team.key),
    issues: [...new Set(refs)],
  })
  return [
    workspaceCheck(registry, board),
    ...registry.teams.map(team => teamCheck(registry, team.key, board)),
    issuesCheck(bound, board),
  ]
}

function workspaceCheck({ workspace }: Registry, { organization }: Board): Check {
  const says = `the key belongs to "${organization.slug}" (${organization.name})`
  const check = (findings: Finding[]): Check => ({ name: 'workspace', says, findings })
  if (!workspace.slug)
    return check([finding('workspace/unpinned', 'critical', { organization: organization.slug })])
  const known = [organization.slug, ...organization.previousSlugs].includes(workspace.slug)
  if (known && (!workspace.id || workspace.id === organization.id)) return check([])
  return check([
    finding('workspace/mismatch', 'critical', { expected: workspace.slug, actual: organization.slug }),
  ])
}

function teamCheck(registry: Registry, key: string, board: Board): Check {
  const team = registry.teams.find(candidate => candidate.key === key)
  const live = board.teams.find(candidate => candidate.key === key)
  if (!live) {
    const args = { team: key, expected: team?.id ?? key, actual: 'not visible to this key' }
    return {
      name: `team ${key}`,
      says: 'not found',
      findings: [finding('workspace/team-mismatch', 'critical', args)],
    }
  }
  const findings = statesOf(live, team?.states ?? {})
  if (team?.id && team.id !== live.id) {
    const args = { team: key, expected: team.id, actual: live.id }
    findings.unshift(finding('workspace/team-mismatch', 'critical', args))
  }
  return { name: `team ${key}`, says: `${live.name}, ${live.states.length} states`, findings }
}

function statesOf(team: BoardTeam, names: Parameters<typeof workflowOf>[1]): Finding[] {
  const workflow = workflowOf(team, names)
  const available = team.states.map(state => state.name).join(', ')
  return PHASES.flatMap((phase): Finding[] => {
    const lookup = workflow.lookup[phase]
    if (lookup.state) return []
    const { name, count } = lookup
    if (lookup.problem === 'ambiguous')
      return [finding('board/state-ambiguous', 'warning', { name, team: team.key, count, available })]
    return [
      finding('board/state-missing', phase === 'Duplicate' ? 'info' : 'warning', {
        name,
        team: team.key,
        available,
      }),
    ]
  })
}

function issuesCheck(changes: TrackedChange[], board: Board): Check {
  const findings = changes.flatMap(change => issueFindings(change, board))
  return { name: 'issues', says: `${changes.length} bound, ${board.issues.length} found`, findings }
}

function issueFindings(change: TrackedChange, board: Board): Finding[] {
  const place = change.proposal
    ? { change: change.name, file: change.proposal.path }
    : { change: change.name }
  const issue = issueOf(change, board)
  const { identifier, id } = change.binding
  if (!issue) return [finding('board/not-found', 'warning', { issue: identifier ?? id ?? '' }, place)]
  const findings: Finding[] = []
  if (issue.archived || issue.trashed)
    findings.push(finding('board/archived', 'warning', { identifier: issue.identifier }, place))
  if (identifier && identifier !== issue.identifier) {
    findings.push(
      finding('board/identifier-renamed', 'info', { recorded: identifier, current: issue.identifier }, place),
    )
  }
  return findings
}
