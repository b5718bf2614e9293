import { parseTasks } from '../../change/parse-tasks.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { equivalentsOf, isEquivalent } from '../equivalents.ts'
import { pathOf, type VerifyFacts } from '../facts.ts'

/** Checks that there is work to verify, and that it is committed (CLI.md "Implementation signal"). */
export function implementation(facts: VerifyFacts): Finding[] {
  return [...noWork(facts), ...uncommitted(facts), ...deferredChecks(facts)]
}

function noWork(facts: VerifyFacts): Finding[] {
  const { change, signals, merged, shallow } = facts
  const place = { change: change.name, file: change.directory }
  const found: Finding[] = []
  if (!change.tasks?.boxes.some(box => box.status === 'done'))
    found.push(finding('implementation/no-tick', 'critical', {}, place))
  if (shallow) found.push(finding('implementation/shallow', 'info', {}, place))
  const none = signals !== null && !merged && (signals.commits?.count ?? 0) === 0
  if (none && !shallow) found.push(finding('implementation/no-commit', 'critical', {}, place))
  return found
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
  const file = pathOf(facts, 'plan.md')
  const known = equivalentsOf(facts.texts.get(facts.change.verifyReport.file ?? 'verify.md') ?? '')
  return parseTasks(plan, file)
    .tasks.boxes.filter(box => box.marker === '~')
    .filter(box => !known.some(({ check, test }) => test !== '' && isEquivalent(check, box)))
    .map(box =>
      finding(
        'implementation/deferred-check',
        'critical',
        { check: box.text },
        { change: facts.change.name, file, line: box.line },
      ),
    )
}
