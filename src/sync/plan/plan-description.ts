import { finding } from '../../findings/finding.ts'
import { moverOf } from '../bound-issue.ts'
import { mergeDescription, sectionDigest } from '../description.ts'
import {
  type BoundFacts,
  NOTHING_NEEDED,
  only,
  type PlannedChange,
  placeOf,
  recordOnly,
} from './change-facts.ts'
import { isClosed } from './plan-closed.ts'

/**
 * Brings our section of the description up to date: when its source changed since it was last sent, or on bind. A
 * foreign edit inside the section is shown and left alone without `force`.
 */
export function planDescription(facts: BoundFacts): PlannedChange {
  const { change, snapshot, issue, options } = facts
  const section = snapshot.sections.get(change.name)
  const digest = change.ledger.descriptionDigest
  if (section === undefined || isClosed(facts) || (!digest && !options.describe)) return only()
  if (digest === sectionDigest(section)) return only()
  const detail = snapshot.details.get(issue.id)
  if (!detail) return { ...only(), needs: { issues: [issue.id], comments: [] } }
  const merged = mergeDescription(detail.description, section, change.name)
  if (!merged) return only()
  if (merged.foreign !== null && !options.force) {
    const editor = detail.history.find(event => event.changedDescription)
    const who = editor ? (editor.actor ?? 'a person') : moverOf(detail, issue)
    const args = { identifier: issue.identifier, who, diff: diffOf(merged.foreign, section) }
    return only(finding('sync/foreign-description', 'warning', args, placeOf(change)))
  }
  const keys = { linear_description_digest: sectionDigest(section) }
  const same = merged.text === detail.description
  return {
    findings: [],
    needs: NOTHING_NEEDED,
    steps: [
      {
        ...recordOnly('describe', null, null),
        reason: digest ? 'its source changed' : 'the issue has no description of the change yet',
        describe: same ? null : { issueId: issue.id, text: merged.text },
        record: { entries: [], keys },
        failure: null,
      },
    ],
  }
}

/** Lines that only one side has, in order; enough to show an edit. */
function diffOf(theirs: string, ours: string): string {
  const left = theirs.split('\n').filter(line => line.trim() !== '')
  const right = ours.split('\n').filter(line => line.trim() !== '')
  const removed = left.filter(line => !right.includes(line)).map(line => `theirs: ${line}`)
  const added = right.filter(line => !left.includes(line)).map(line => `ours:   ${line}`)
  return [...removed, ...added].slice(0, 20).join('\n')
}
