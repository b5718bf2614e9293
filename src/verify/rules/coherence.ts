import { type Finding, finding } from '../../finding.ts'
import { headingsOf } from '../../markdown/sections.ts'
import { movedUpstream } from '../../specs/rests-on.ts'
import { pathOf, type VerifyFacts } from '../facts.ts'
import { freshnessOf } from '../freshness.ts'

/** Artifacts against one another, and the verdict against what it was about. */
export function coherence(facts: VerifyFacts): Finding[] {
  return [...unknownDecisions(facts), ...staleVerdict(facts), ...upstreamChanged(facts)]
}

/** `D3` in the tasks or the proposal, where design.md numbers its decisions and has no D3. */
function unknownDecisions(facts: VerifyFacts): Finding[] {
  const design = facts.text('design.md')
  if (design === undefined) return []
  const known = new Set(headingsOf(design).flatMap(({ text }) => /^D\d+(?=[:.\s])/.exec(text)?.[0] ?? []))
  if (known.size === 0) return []
  return ['proposal.md', 'tasks.md'].flatMap(file => {
    const found = new Map<string, number>()
    const lines = (facts.text(file) ?? '').split('\n')
    for (const [index, line] of lines.entries()) {
      for (const [reference] of line.matchAll(/(?<![\w/.#-])D\d{1,2}(?![\w.-]*\w)/g)) {
        if (!known.has(reference) && !found.has(reference)) found.set(reference, index + 1)
      }
    }
    return [...found].map(([decision, line]) =>
      finding(
        'design/unknown-decision',
        'suggestion',
        { decision },
        { change: facts.change.name, file: pathOf(facts, file), line },
      ),
    )
  })
}

/** The verdict is about artifacts or code that are no more (CLI.md "verify/stale"). */
function staleVerdict(facts: VerifyFacts): Finding[] {
  const { change, recorded } = facts
  const { verdict } = change
  const decided = verdict.decision === 'pass' || verdict.decision === 'warn'
  if (!recorded || !verdict.file || !decided) return []
  const place = { change: change.name, file: pathOf(facts, verdict.file), line: verdict.line ?? 1 }
  const freshness = freshnessOf({ recorded, today: facts.today })
  if (freshness === 'artifacts-changed' || freshness === 'both') {
    return [finding('verify/stale', 'critical', { what: 'artifacts' }, place)]
  }
  if (freshness === 'code-changed') return [finding('verify/stale', 'warning', { what: 'code' }, place)]
  return []
}

/** What a delta spec rests on moved, and the spec did not. */
function upstreamChanged(facts: VerifyFacts): Finding[] {
  return [...facts.restedOn].flatMap(([file, remembered]) => {
    const moved = movedUpstream(remembered, facts.restsOn(file))
    if (moved.length === 0) return []
    const place = { change: facts.change.name, file: pathOf(facts, file), line: 1 }
    return [finding('artifact/upstream-changed', 'warning', { moved: moved.join(' and ') }, place)]
  })
}
