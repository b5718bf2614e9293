import { teamOf } from '../../change/registry/resolve-team.ts'
import type { Phase } from '../../change/states.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import type { LinearData, LinearIssue } from '../../ports/tracker.ts'
import { issueKeyOf, issueOf, sharedTargets } from '../bound-issue.ts'
import { gateOf, usedTeamsOf } from '../gate.ts'
import { ownershipOf } from '../ownership.ts'
import { type Workflow, workflowOf } from '../workflow.ts'
import type { PlanOptions, Snapshot } from './change-facts.ts'
import { planChange } from './plan-change.ts'
import { planOutage } from './plan-outage.ts'
import { type ChangePlan, isNeedy, type MirrorNeed, type Needs, type SyncPlan } from './sync-plan.ts'

/** Decides everything a sync would do, in the order of the changes; pure. The workspace gate is decided first. */
export function planSync(snapshot: Snapshot, options: PlanOptions): SyncPlan {
  if (!snapshot.linear) return planOutage(snapshot, options)
  const planned = planWithData(snapshot, snapshot.linear, options)
  const { registry, linear } = snapshot
  const gate = gateOf(registry, linear, usedTeamsOf(selectedOf(snapshot), registry, linear))
  if (!gate) return { ...planned, gate }
  // A workspace that was never pinned may be looked at; one that is another than the pinned one may not.
  const wanted = gate.code !== 'WORKSPACE_UNPINNED' || planned.changes.length > 0 || isNeedy(planned.needs)
  return { gate: wanted ? gate : null, changes: [], findings: [], needs: { issues: [], comments: [] } }
}

function selectedOf(snapshot: Snapshot): TrackedChange[] {
  return snapshot.changes.filter(change => snapshot.selected.has(change.name))
}

function planWithData(snapshot: Snapshot, linear: LinearData, options: PlanOptions): Omit<SyncPlan, 'gate'> {
  const findings: Finding[] = []
  const changes: ChangePlan[] = []
  const needs: Needs = { issues: [], comments: [] }
  const documents: MirrorNeed[] = []
  const workflows = new Map<string, Workflow>()
  const targets = sharedTargets(snapshot.changes, linear)
  const moved = new Map<string, Phase>()
  const mirrored = new Map<string, string>()
  for (const change of selectedOf(snapshot)) {
    if (change.binding.source === 'none' || change.binding.source === 'link' || !change.proposal) continue
    const clash = change.findings.find(({ code }) => code === 'binding/disagreement')
    if (clash) {
      findings.push(clash)
      continue
    }
    const ownership = ownershipOf(change, snapshot.git)
    if (ownership.may === 'nothing') {
      findings.push(finding('sync/read-only', 'info', { reason: ownership.reason }, { change: change.name }))
      continue
    }
    const issue = issueOf(change, linear)
    const planned = planChange({
      snapshot,
      change,
      ownership,
      issue,
      workflow: issue ? workflowFor(issue, change) : undefined,
      target: targets.get(issueKeyOf(change, linear)) ?? change.phase,
      moved,
      mirrored,
      options,
    })
    findings.push(...planned.findings)
    needs.issues.push(...planned.needs.issues)
    needs.comments.push(...planned.needs.comments)
    documents.push(...(planned.needs.documents ?? []))
    if (planned.steps.length === 0) continue
    changes.push({
      change: change.name,
      file: change.proposal.path,
      issue: issue?.identifier ?? change.binding.identifier,
      steps: planned.steps,
    })
  }
  return {
    changes,
    findings,
    needs: { ...needs, issues: [...new Set(needs.issues)], ...(documents.length > 0 ? { documents } : {}) },
  }

  function workflowFor(issue: LinearIssue, change: TrackedChange): Workflow | undefined {
    const known = workflows.get(issue.team.id)
    if (known) return known
    const team = linear.teams.find(candidate => candidate.id === issue.team.id)
    if (!team) return undefined
    const names = teamOf({ ...change.binding, team: team.key }, snapshot.registry).team?.states ?? {}
    const workflow = workflowOf(team, names)
    workflows.set(issue.team.id, workflow)
    return workflow
  }
}
