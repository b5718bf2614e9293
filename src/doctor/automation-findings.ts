import { type Finding, finding } from '../findings/finding.ts'
import type { GitAutomation } from '../ports/tracker.ts'
import { isFinal, phaseOfState, type Workflow } from '../sync/workflow.ts'

const WHEN: Record<GitAutomation['event'], string> = {
  draft: 'opened as a draft',
  start: 'opened',
  review: 'in review',
  mergeable: 'ready to be merged',
  merge: 'merged',
}

/** What an automation may do without getting in the way: the files say about the same by then. */
const ALIKE: Partial<Record<GitAutomation['event'], string>> = {
  draft: 'In Progress',
  start: 'In Progress',
  merge: 'In Review',
}

/** Automations that move an issue where its files do not stand: what closes it is worse than what moves it. */
export function automationFindings(workflow: Workflow, automations: GitAutomation[]): Finding[] {
  return automations.flatMap(({ event, branch, state }) => {
    const phase = phaseOfState(workflow, state)
    if (phase !== null && ALIKE[event] === phase) return []
    const closes = isFinal(state)
    const args = {
      team: workflow.team.key,
      event: WHEN[event],
      state: state.name,
      branch: branch ?? '',
      closes: closes ? 'yes' : 'no',
    }
    return [finding('doctor/git-automation', closes ? 'warning' : 'info', args)]
  })
}
