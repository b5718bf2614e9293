import { type Finding, type FindingArgs, type FindingCode, finding } from '../../findings/finding.ts'
import { foldName, nearMiss, normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Operation } from '../parse-operations.ts'
import type { Requirement } from '../parse-requirements.ts'
import type { Spec } from '../parse-spec.ts'

/** What a delta is merged into. */
export interface MergeBase {
  capability: string
  /** The main spec; null when the capability has none yet. */
  spec: Spec | null
  /** True when the change's `.openspec.yaml` allows a capability to end. */
  retires: boolean
  /** True when an archive that was interrupted goes on: a removal that is already done is no error then. */
  resuming: boolean
}

/** Names as the merge goes through its operations: key to the requirement that holds the name at that moment. */
export type RequirementNames = Map<string, Holder>

export interface Holder {
  name: string
  fold: string
  /** The text that `block` is a part of. */
  text: string
  block: Requirement
}

/** A merge under way: where each name is now, and what was found so far. */
export interface MergeSituation {
  delta: Delta
  base: MergeBase & { spec: Spec }
  file: string
  names: RequirementNames
  found: Finding[]
}

export function holderOf(block: Requirement, text: string): Holder {
  return { name: block.name, fold: foldName(block.name), text, block }
}

export function refuse<C extends FindingCode>(
  { file, found }: MergeSituation,
  code: C,
  { args, line, warning }: { args: FindingArgs[C]; line: number; warning?: boolean },
): void {
  found.push(finding(code, warning ? 'warning' : 'critical', args, { file, line, column: 1 }))
}

export function notFound(
  situation: MergeSituation,
  section: Operation,
  { name, line }: { name: string; line: number },
): void {
  const names = [...situation.names.values()].map(each => each.name)
  const meant = nearMiss(name, names) ?? ''
  refuse(situation, 'delta/not-found', { args: { requirement: name, section, meant }, line })
}

/** Another requirement that differs from the name only in case or spacing. */
export function twinOf(names: RequirementNames, name: string, except: string): string | undefined {
  const fold = foldName(name)
  for (const [key, holder] of names) {
    if (key !== except && holder.fold === fold) return holder.name
  }
  return undefined
}

export function otherSpelling(
  situation: MergeSituation,
  { name, line }: { name: string; line: number },
): void {
  const present = situation.names.get(normalName(name))
  if (present && present.name !== name) {
    refuse(situation, 'delta/other-spelling', { args: { name }, line, warning: true })
  }
}
