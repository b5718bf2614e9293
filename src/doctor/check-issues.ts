import type { Registry } from '../change/registry/registry.ts'
import { teamOf } from '../change/registry/resolve-team.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import type { LinearData, LinearIssue } from '../ports/tracker.ts'
import { issueOf } from '../sync/bound-issue.ts'
import type { Check } from './check.ts'
import type { LinearFacts } from './linear-facts.ts'

/** Reports bound issues that are missing, archived, renamed, moved to another team, or replaced. */
export function checkIssues(facts: LinearFacts): Check {
  const { changes, linear } = facts
  const found = changes.filter(change => issueOf(change, linear)).length
  const findings = changes.flatMap(change => issueFindings(change, facts))
  return { name: 'issues', says: `${changes.length} bound, ${found} found`, findings }
}

function issueFindings(change: TrackedChange, { linear, registry }: LinearFacts): Finding[] {
  const { identifier } = change.binding
  const place = change.proposal
    ? { change: change.name, file: change.proposal.path }
    : { change: change.name }
  const issue = issueOf(change, linear)
  if (!issue) return [missingFinding(change, linear, place)]
  const findings: Finding[] = []
  if (issue.archived || issue.trashed)
    findings.push(finding('board/archived', 'warning', { identifier: issue.identifier }, place))
  const recorded = recordedTeam(change, issue, registry)
  if (recorded !== null) {
    const args = { identifier: issue.identifier, team: issue.team.key, recorded }
    findings.push(finding('board/other-team', 'warning', args, place))
  }
  if (identifier && identifier !== issue.identifier) {
    const args = { recorded: identifier, current: issue.identifier }
    findings.push(finding('board/identifier-renamed', 'info', args, place))
  }
  return findings
}

/** For an id that Linear does not have. An issue with the same identifier is another issue. */
function missingFinding({ binding }: TrackedChange, linear: LinearData, place: object): Finding {
  const { id, identifier } = binding
  const namesake = linear.issues.find(issue => issue.identifier === identifier)
  if (!id || !identifier || !namesake)
    return finding('board/not-found', 'warning', { issue: identifier ?? id ?? '' }, place)
  const args = { identifier, recorded: id, current: namesake.id }
  return finding('board/issue-replaced', 'warning', args, place)
}

/** The team in the binding, when the issue is in another team now. Null otherwise, also after a team was renamed. */
function recordedTeam({ binding }: TrackedChange, issue: LinearIssue, registry: Registry): string | null {
  const { team } = teamOf(binding, registry)
  const key = team?.key ?? binding.team
  if (key === null || key === issue.team.key || team?.id === issue.team.id) return null
  return key
}
