import { type Finding, finding } from '../findings/finding.ts'
import type { Change } from './change.ts'

/**
 * One finding per change that shares its issue with another, while one of them is still open: the issue follows the
 * least advanced. A link alone does not count.
 */
export function sharedIssueFindings(changes: Change[]): Finding[] {
  const byIssue = new Map<string, Change[]>()
  for (const change of changes) {
    const { source, identifier, id } = change.binding
    const key = (identifier ?? id)?.toLowerCase()
    if (source === 'none' || source === 'link' || key === undefined) continue
    const group = byIssue.get(key)
    if (group) group.push(change)
    else byIssue.set(key, [change])
  }
  return [...byIssue.values()].flatMap(groupFindings)
}

function groupFindings(group: Change[]): Finding[] {
  if (group.length < 2 || group.every(change => change.archived)) return []
  return group.map(change => {
    const { identifier, id, file } = change.binding
    const others = group.filter(other => other !== change).map(other => other.name)
    const place = file === null ? { change: change.name } : { change: change.name, file }
    const args = { identifier: identifier ?? id ?? '', others: others.join(', ') }
    return finding('binding/shared-issue', 'warning', args, place)
  })
}
