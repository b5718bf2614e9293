import type { GitFacts } from '../../src/ports/git.ts'
import type {
  IssueDetail,
  LinearComment,
  LinearData,
  LinearEvent,
  LinearIssue,
  WorkflowState,
} from '../../src/ports/tracker.ts'
import type { PlanOptions, Snapshot } from '../../src/sync/plan/change-facts.ts'
import { planSync } from '../../src/sync/plan/plan-sync.ts'
import type { Step, SyncPlan } from '../../src/sync/plan/sync-plan.ts'
import { readSections } from '../../src/sync/read-sections.ts'
import { describedChanges, takeFileSnapshot } from '../../src/sync/snapshot.ts'
import { memoryWorkspace } from './memory-workspace.ts'

export const NOW = new Date('2026-06-11T19:21:23Z')
export const CHANGE_ID = '7d3f6a0e-5a55-4a83-9a5e-0a2f2f9c1b11'
export const ISSUE_ID = '2e4f94e9-0c9b-4a87-8c43-5f3a1f0f6c15'
const TEAM_ID = '0ee3fb44-535c-47b7-b000-51617a6a3e18'

/** Positions put In Review before In Progress, as Linear's API does. */
export const STATES: WorkflowState[] = [
  { id: 's-backlog', name: 'Backlog', type: 'backlog', position: 0 },
  { id: 's-todo', name: 'Todo', type: 'unstarted', position: 1 },
  { id: 's-review', name: 'In Review', type: 'started', position: 2 },
  { id: 's-progress', name: 'In Progress', type: 'started', position: 3 },
  { id: 's-done', name: 'Done', type: 'completed', position: 4 },
  { id: 's-canceled', name: 'Canceled', type: 'canceled', position: 5 },
  { id: 's-duplicate', name: 'Duplicate', type: 'duplicate', position: 6 },
]

const REGISTRY = `workspace: { slug: "acme", id: "w-1" }
defaults:
  max_review_rounds: 3
teams:
  "CAM": { id: "${TEAM_ID}", name: "Cam" }
projects: {}
`

export interface Situation {
  /** Frontmatter lines of the ledger, below the binding. */
  ledger?: string
  /** Text of tasks.md. */
  tasks?: string
  verify?: string
  /** The directory; default an active change. */
  directory?: string
  registry?: string
  /** Name of the issue's state; default Backlog. */
  state?: string
  issue?: Partial<LinearIssue> | null
  states?: WorkflowState[]
  board?: Partial<LinearData>
  history?: LinearEvent[]
  comments?: LinearComment[]
  description?: string
  git?: GitFacts
  /** Leaves out what the plan would have to ask for. */
  unseen?: boolean
  options?: Partial<PlanOptions>
  files?: Record<string, string>
}

export function snapshotOf(situation: Situation): Snapshot {
  const directory = situation.directory ?? 'openspec/changes/add-dark-mode'
  const workspace = memoryWorkspace({
    'openspec/linear.yaml': situation.registry ?? REGISTRY,
    [`${directory}/proposal.md`]: proposal(situation.ledger ?? ''),
    ...(situation.tasks === undefined ? {} : { [`${directory}/tasks.md`]: situation.tasks }),
    ...(situation.verify === undefined ? {} : { [`${directory}/verify.md`]: situation.verify }),
    ...situation.files,
  })
  const files = takeFileSnapshot({ workspace, git: situation.git, names: [] })
  const described = describedChanges(files, situation.options?.describe === true)
  const snapshot = { ...files, sections: readSections(workspace, described) }
  const board = boardOf(situation)
  const [issue] = board.issues
  const seen = issue && !situation.unseen
  const comments = situation.comments ?? []
  const detail: IssueDetail = {
    id: issue?.id ?? '',
    description: situation.description ?? '',
    comments,
    history: situation.history ?? [],
  }
  return {
    ...snapshot,
    linear: board,
    details: seen ? new Map([[detail.id, detail]]) : new Map(),
    comments: seen ? new Map(comments.map(comment => [comment.id, comment])) : new Map(),
  }
}

/** The plan of a situation; pure. */
export function planOf(situation: Situation): SyncPlan {
  return planSync(snapshotOf(situation), { now: NOW, ...situation.options })
}

/** Steps of the only change, without the one that writes its id. */
export function stepsOf(situation: Situation): Step[] {
  const plan = planOf(situation)
  return plan.changes.flatMap(change => change.steps).filter(step => step.kind !== 'identify')
}

/** `Backlog->Todo posted`, for each entry the plan would write. */
export function entriesOf(situation: Situation): string[] {
  return stepsOf(situation).flatMap(
    step => step.record?.entries.map(entry => `${entry.transition} ${entry.outcome}`) ?? [],
  )
}

/** Names of the states that the plan moves the issue to. */
export function movesOf(situation: Situation): string[] {
  return stepsOf(situation).flatMap(step => (step.move ? [step.move.to] : []))
}

export function codesOf(situation: Situation): string[] {
  return planOf(situation).findings.map(finding => finding.code)
}

function boardOf({ state = 'Backlog', states = STATES, issue, board }: Situation): LinearData {
  const current = states.find(candidate => candidate.name === state)
  if (!current) throw new Error(`no state ${state}`)
  const full: LinearIssue = {
    id: ISSUE_ID,
    identifier: 'CAM-15',
    previousIdentifiers: [],
    title: 'Dark mode',
    url: 'https://linear.app/acme/issue/CAM-15',
    state: current,
    team: { id: TEAM_ID, key: 'CAM' },
    project: null,
    archived: false,
    trashed: false,
    ...issue,
  }
  return {
    organization: { id: 'w-1', slug: 'acme', previousSlugs: [], name: 'Acme' },
    teams: [{ id: TEAM_ID, key: 'CAM', name: 'Cam', states }],
    issues: issue === null ? [] : [full],
    ...board,
  }
}

export function proposal(ledger: string, identifier = 'CAM-15', id = ISSUE_ID): string {
  return `---
linear_story_id: ${id}
linear_story_identifier: ${identifier}
linear_team: CAM
opsx_change_id: ${CHANGE_ID}
${ledger}---

## Why

People who work at night ask for a dark theme, and the settings page has room for a switch.
`
}

/** Ledger lines of a change whose last posted transition led to `state`. */
export function recorded(state: string, more = ''): string {
  const from =
    { Todo: 'Backlog', 'In Progress': 'Todo', 'In Review': 'In Progress', Done: 'In Review' }[state] ??
    'Backlog'
  return `last_synced_state: ${state}
last_synced_at: 2026-06-10T08:00:00Z
review_round: 0
attempt_log:
  - { at: "2026-06-10T08:00:00Z", transition: "${from}->${state}", outcome: "posted", note: "earlier" }
${more}`
}

export const TICKED = '- [x] 1.1 Add the switch\n- [ ] 1.2 Store the choice\n'
export const UNTICKED = '- [ ] 1.1 Add the switch\n'

export function verdict(decision: 'PASS' | 'FAIL', remark = ''): string {
  return `# Verification Report\n${remark}\n## Overall Decision\n\n- [${decision === 'PASS' ? 'x' : ' '}] (pass) PASS\n- [ ] (warn) PASS WITH WARNINGS\n- [${decision === 'FAIL' ? 'x' : ' '}] (fail) FAIL\n`
}

/** An arrival in a state, by a person unless `automation`. */
export function arrival(to: string, actor: string, automation = false): LinearEvent {
  return { at: '2026-06-11T12:00:00.000Z', from: 'Todo', to, actor, automation, changedDescription: false }
}
