import type { TaskBox } from '../../change/change.ts'
import { isGenerated } from '../../change/schema/generated-file.ts'
import { type Finding, finding } from '../../findings/finding.ts'
import { deferralReason } from '../deferral.ts'
import { placeIn, type VerifyFacts } from '../facts.ts'
import { proposedCapabilities } from '../proposed-capabilities.ts'

/** Artifacts that are written after the verification, so they may be missing. */
const AFTER = new Set(['verify', 'retrospective'])
/** Artifacts that a verification needs, so a missing one is critical. */
const ESSENTIAL = new Set(['proposal', 'tasks'])

/** Checks tasks, the artifacts that the schema requires, and a delta for every capability of the proposal. */
export function completeness(facts: VerifyFacts): Finding[] {
  return [
    ...openTasks(facts),
    ...parentsAhead(facts),
    ...deferrals(facts),
    ...missing(facts),
    ...capabilities(facts),
  ]
}

function openTasks(facts: VerifyFacts): Finding[] {
  const { tasks, name } = facts.change
  const open = tasks?.boxes.filter(box => !box.parent && box.status === 'open') ?? []
  const [first] = open
  if (!tasks || !first) return []
  const args = { open: open.length, total: tasks.leaf.total, first: labelOf(first) }
  return [finding('tasks/open', 'critical', args, { change: name, file: tasks.file, line: first.line })]
}

function parentsAhead({ change }: VerifyFacts): Finding[] {
  const { tasks, name } = change
  return (tasks?.boxes ?? []).flatMap((box, index, boxes) => {
    if (!box.parent || box.status !== 'done') return []
    const below = boxes.slice(index + 1)
    const end = below.findIndex(other => other.indent <= box.indent)
    const open = (end < 0 ? below : below.slice(0, end)).filter(child => child.status === 'open')
    if (open.length === 0) return []
    const place = { change: name, file: tasks?.file ?? '', line: box.line }
    return [finding('tasks/parent-ahead', 'warning', { task: labelOf(box), open: open.length }, place)]
  })
}

function deferrals({ change }: VerifyFacts): Finding[] {
  const { tasks, name } = change
  return (tasks?.boxes ?? []).flatMap((box): Finding[] => {
    if (box.status !== 'deferred') return []
    const place = { change: name, file: tasks?.file ?? '', line: box.line }
    const reason = deferralReason(box.text)
    if (reason === null)
      return [finding('tasks/deferred-without-reason', 'warning', { task: labelOf(box) }, place)]
    return [finding('tasks/deferred', 'suggestion', { task: labelOf(box), reason }, place)]
  })
}

function labelOf(box: TaskBox): string {
  return box.id ?? (box.text.length > 60 ? `${box.text.slice(0, 59)}…` : box.text)
}

function missing(facts: VerifyFacts): Finding[] {
  const { schema, files, change } = facts
  return (schema?.artifacts ?? []).flatMap(({ id, generates }) => {
    if (AFTER.has(id) || id === 'specs' || files.some(file => isGenerated(file, generates))) return []
    const severity = ESSENTIAL.has(id) ? 'critical' : 'warning'
    const args = { artifact: id, file: generates, schema: schema?.name ?? '' }
    return [finding('artifact/missing', severity, args, { change: change.name, file: change.directory })]
  })
}

function capabilities(facts: VerifyFacts): Finding[] {
  const text = facts.texts.get('proposal.md')
  const proposed = text === undefined ? null : proposedCapabilities(text)
  if (!proposed) return []
  const names = new Set(proposed.map(({ name }) => name))
  const present = facts.deltas.deltas.map(({ capability }) => capability)
  const without = proposed.filter(({ name }) => !present.includes(name))
  const unannounced = present.filter(name => !names.has(name))
  return [
    ...without.map(({ name: capability, line }) => {
      const place = placeIn(facts, 'proposal.md', line)
      return finding('artifact/capability-without-delta', 'warning', { capability }, place)
    }),
    ...unannounced.map(capability => {
      const place = placeIn(facts, `specs/${capability}/spec.md`, 1)
      return finding('artifact/delta-without-capability', 'suggestion', { capability }, place)
    }),
  ]
}
