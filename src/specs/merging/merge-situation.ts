import type { Finding, findingsIn } from '../../findings/finding.ts'
import { foldName, nearMiss, normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Operation } from '../parse-operations.ts'
import type { Requirement } from '../parse-requirements.ts'
import type { Spec } from '../parse-spec.ts'

/** The main spec that a delta is merged into. */
export interface MergeBase {
  capability: string
  /** The main spec; null when the capability has none yet. */
  spec: Spec | null
  /** True when the change's `.openspec.yaml` allows a capability to end. */
  retires: boolean
  /** True for an interrupted archive or a reopened change; then an earlier removal is not an error. */
  resuming: boolean
}

/** Requirements by normal name, after the operations that were checked so far. */
export type RequirementNames = Map<string, NamedRequirement>

export interface NamedRequirement {
  name: string
  /** The text that `block` is a part of. */
  text: string
  block: Requirement
}

/** State of the check: the names after the operations so far, and the findings. */
export interface MergeSituation {
  delta: Delta
  base: MergeBase & { spec: Spec }
  /** Builds a finding in the delta spec. */
  at: ReturnType<typeof findingsIn>
  names: RequirementNames
  found: Finding[]
}

export function notFound(
  { names, found, at }: MergeSituation,
  section: Operation,
  { name, line }: { name: string; line: number },
): void {
  const meant =
    nearMiss(
      name,
      [...names.values()].map(each => each.name),
    ) ?? ''
  found.push(at(line, 'delta/not-found', 'critical', { requirement: name, section, meant }))
}

/** Name of another requirement that differs only in case or spacing; `except` is the key of the one to ignore. */
export function nameWithSameFold(names: RequirementNames, name: string, except: string): string | undefined {
  const fold = foldName(name)
  for (const [key, entry] of names) {
    if (key !== except && foldName(entry.name) === fold) return entry.name
  }
  return undefined
}

export function otherSpelling(
  { names, found, at }: MergeSituation,
  { name, line }: { name: string; line: number },
): void {
  const present = names.get(normalName(name))
  if (present && present.name !== name) found.push(at(line, 'delta/other-spelling', 'warning', { name }))
}
