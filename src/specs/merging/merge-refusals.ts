import { type Finding, findingsIn } from '../../findings/finding.ts'
import { normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Operation } from '../parse-operations.ts'
import {
  type MergeBase,
  type MergeSituation,
  nameWithSameFold,
  notFound,
  otherSpelling,
  type RequirementNames,
} from './merge-situation.ts'
import { modifyRefusals } from './modify-refusals.ts'
import { plain } from './scenario-changes.ts'

/**
 * Reasons why a delta cannot be merged without loss: OpenSpec's own refusals, and losses that OpenSpec does not detect.
 * Only for a delta without critical findings of `validateDelta`.
 */
export function mergeRefusals(delta: Delta, base: MergeBase, file: string): Finding[] {
  const { spec } = base
  if (!spec) return withoutBase(delta, base, file)
  const names: RequirementNames = new Map(
    spec.requirements.map(block => [normalName(block.name), { name: block.name, text: spec.text, block }]),
  )
  const at = findingsIn(file)
  const situation: MergeSituation = { delta, base: { ...base, spec }, at, names, found: [] }
  renameRefusals(situation)
  removeRefusals(situation)
  modifyRefusals(situation)
  addRefusals(situation)
  if (names.size === 0 && spec.requirements.length > 0 && !base.retires) {
    const line = delta.removed[0]?.line ?? 1
    situation.found.push(at(line, 'delta/empties-spec', 'critical', { capability: base.capability }))
  }
  return situation.found
}

function withoutBase({ modified, removed, renamed }: Delta, base: MergeBase, file: string): Finding[] {
  const { capability } = base
  const at = findingsIn(file)
  const entries = (section: Operation, all: readonly { line: number }[]) =>
    all.map(({ line }) => at(line, 'delta/no-base', 'critical', { capability, section }))
  const gone = base.resuming ? [] : entries('REMOVED', removed)
  return [...entries('RENAMED', renamed), ...gone, ...entries('MODIFIED', modified)]
}

function renameRefusals(situation: MergeSituation): void {
  const { delta, names, found, at } = situation
  for (const { from, to, line, toLine } of delta.renamed) {
    const [old, key] = [normalName(from), normalName(to)]
    const present = names.get(old)
    otherSpelling(situation, { name: from, line })
    if (!present) {
      const synced = names.has(key) && nameWithSameFold(names, from, key) === undefined
      if (!synced) notFound(situation, 'RENAMED', { name: from, line })
      continue
    }
    const existing = names.get(key)?.name ?? nameWithSameFold(names, to, old)
    if (existing !== undefined && (old !== key || from === to)) {
      const args = { requirement: to, section: 'RENAMED', existing }
      found.push(at(toLine, 'delta/near-name', 'critical', args))
      continue
    }
    names.delete(old)
    names.set(key, { ...present, name: to })
  }
}

function removeRefusals(situation: MergeSituation): void {
  const { delta, base, names, found, at } = situation
  for (const entry of delta.removed) {
    const key = normalName(entry.name)
    const present = names.get(key)
    otherSpelling(situation, entry)
    if (!present) {
      if (!base.resuming || nameWithSameFold(names, entry.name, '') !== undefined) {
        notFound(situation, 'REMOVED', entry)
      }
      continue
    }
    const lost = present.block.foreign
    if (lost) {
      const args = { requirement: entry.name, text: lost.heading, line: lost.line }
      found.push(at(entry.line, 'delta/drops-text', 'critical', args))
    }
    names.delete(key)
  }
}

function addRefusals(situation: MergeSituation): void {
  const { delta, names, found, at } = situation
  for (const block of delta.added) {
    const key = normalName(block.name)
    const present = names.get(key)
    if (present) {
      const same =
        plain(present.text.slice(present.block.headerEnd, present.block.end)) ===
        plain(delta.text.slice(block.headerEnd, block.end))
      otherSpelling(situation, block)
      if (!same) {
        const args = { requirement: block.name, section: 'ADDED' }
        found.push(at(block.line, 'delta/exists', 'critical', args))
      }
      continue
    }
    const existing = nameWithSameFold(names, block.name, key)
    if (existing !== undefined) {
      const args = { requirement: block.name, section: 'ADDED', existing }
      found.push(at(block.line, 'delta/near-name', 'critical', args))
      continue
    }
    names.set(key, { name: block.name, text: delta.text, block })
  }
}
