import { parseTasks } from '../../change/parse-tasks.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import type { TrackedChange } from '../../ledger/ledger.ts'
import { equivalentsOf, isEquivalent } from '../equivalents.ts'
import { placeIn, type VerifyFacts } from '../facts.ts'

/** Checks that there is work to verify, and that it is committed. */
export function implementation(facts: VerifyFacts): Finding[] {
  return [...noWork(facts), ...uncommitted(facts), ...deferredChecks(facts)]
}

function noWork(facts: VerifyFacts): Finding[] {
  const { change, shallow } = facts
  const place = { change: change.name, file: change.directory }
  const found: Finding[] = []
  if (!hasCheckedTask(change)) found.push(finding('implementation/no-tick', 'critical', {}, place))
  if (shallow) found.push(finding('implementation/shallow', 'info', {}, place))
  if (lacksCommit(facts)) found.push(finding('implementation/no-commit', 'critical', {}, place))
  return found
}

export function hasCheckedTask({ tasks }: TrackedChange): boolean {
  return tasks?.boxes.some(box => box.status === 'done') === true
}

/** True when git shows that the branch of the change has no commit of its own. */
export function lacksCommit({ signals, merged, shallow }: VerifyFacts): boolean {
  return signals !== null && !merged && !shallow && (signals.commits?.count ?? 0) === 0
}

function uncommitted({ change, signals }: VerifyFacts): Finding[] {
  const paths = signals?.uncommitted ?? []
  const [first] = paths
  if (first === undefined) return []
  const place = { change: change.name, file: first }
  return [finding('implementation/uncommitted', 'warning', { count: paths.length, first }, place)]
}

/** A deferred manual check, `[~]` in plan.md, needs an equivalent test in section 7 of the report. */
function deferredChecks(facts: VerifyFacts): Finding[] {
  const plan = facts.texts.get('plan.md')
  if (plan === undefined) return []
  const known = equivalentsOf(facts.texts.get(facts.change.verifyReport.file ?? 'verify.md') ?? '')
  return parseTasks(plan, 'plan.md')
    .tasks.boxes.filter(box => box.marker === '~')
    .filter(box => !known.some(({ check, test }) => test !== '' && isEquivalent(check, box)))
    .map(({ text, line }) => {
      const place = placeIn(facts, 'plan.md', line)
      return finding('implementation/deferred-check', 'critical', { check: text }, place)
    })
}
