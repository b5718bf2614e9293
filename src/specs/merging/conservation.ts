import { type Finding, findingsIn } from '../../findings/finding.ts'
import { normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Requirement } from '../parse-requirements.ts'
import { parseSpec, type Spec } from '../parse-spec.ts'
import { extrasOf } from './absorbed-text.ts'

/** A line of the old spec, or a requirement, that the merged spec lacks. */
interface Loss {
  text: string
  /** Line of the old spec; 1 for a requirement of the delta. */
  line: number
}

interface Merge {
  old: Spec
  merged: Spec
  delta: Delta
}

/**
 * The conservation check of a merge, independent of how the merge was made. Every
 * non-blank line of the old spec is in the new one, as often as before, or belongs to a requirement that an operation
 * changes or removes. Every requirement of the delta can be read in the new spec. `file` and lines are those of the old
 * spec; one finding per run of lost lines.
 */
export function conservationFindings(
  old: Spec,
  merged: string,
  { delta, capability, file }: { delta: Delta; capability: string; file: string },
): Finding[] {
  const merge = { old, merged: parseSpec(merged), delta }
  const lines = lostLines(merge)
  const reported = new Set(lines.map(({ line }) => line))
  const moved = movedLines(merge).filter(({ line }) => !reported.has(line))
  const at = findingsIn(file)
  return [...lines, ...moved, ...lostRequirements(merge)].map(({ text, line }) =>
    at(line, 'delta/lost-text', 'critical', { capability, text, line }),
  )
}

/** The first line of each run of lines that the new spec lacks. */
function lostLines({ old, merged, delta }: Merge): Loss[] {
  const left = new Map<string, number>()
  for (const line of linesOf(merged.text)) left.set(line, (left.get(line) ?? 0) + 1)
  const accounted = accountedLines(old, delta)
  const lost: Loss[] = []
  let previous = -1
  linesOf(old.text).forEach((line, index) => {
    if (line === '' && previous === index - 1) previous = index
    if (line === '' || accounted.has(index + 1)) return
    const count = left.get(line) ?? 0
    if (count > 0) left.set(line, count - 1)
    else {
      if (previous !== index - 1) lost.push({ text: line, line: index + 1 })
      previous = index
    }
  })
  return lost
}

/**
 * The first line that each unchanged requirement lacks. An equal line that the delta adds to another requirement does
 * not replace it.
 */
function movedLines({ old, merged, delta }: Merge): Loss[] {
  const changed = namesOf([...delta.modified, ...delta.removed])
  const renamed = new Map(delta.renamed.map(each => [normalName(each.from), normalName(each.to)]))
  const now = new Map(
    merged.requirements.map(({ name, start, end }) => [
      normalName(name),
      linesOf(merged.text.slice(start, end)),
    ]),
  )
  return old.requirements.flatMap(block => {
    const key = normalName(block.name)
    const name = renamed.get(key) ?? key
    const left = [...(now.get(name) ?? [])]
    if (changed.has(key) || changed.has(name) || !now.has(name)) return []
    const lines = linesOf(old.text.slice(block.headerEnd, block.end))
    const lost = lines.findIndex(line => line !== '' && !isTaken(line, left))
    return lost < 0 ? [] : [{ text: lines[lost] ?? '', line: block.line + lost }]
  })
}

/** Removes a line from those that are left; false when it is not among them. */
function isTaken(line: string, left: string[]): boolean {
  const at = left.indexOf(line)
  if (at >= 0) left.splice(at, 1)
  return at >= 0
}

/** Lines that an operation may change: statement and scenarios of the requirement it names, but no other section. */
function accountedLines(old: Spec, delta: Delta): Set<number> {
  const accounted = new Set<number>()
  const renamed = new Map(delta.renamed.map(each => [normalName(each.to), normalName(each.from)]))
  const modified = namesOf(delta.modified)
  for (const name of [...modified]) modified.add(renamed.get(name) ?? name)
  const removed = namesOf(delta.removed)
  for (const name of [...removed]) removed.add(renamed.get(name) ?? name)
  const headers = new Set(renamed.values())
  for (const block of old.requirements) {
    const key = normalName(block.name)
    if (headers.has(key) || removed.has(key)) accounted.add(block.line)
    if (!modified.has(key) && !removed.has(key)) continue
    const extras = extrasOf(old.text, block).filter(each => each.kind === 'section')
    const sections = new Set(extras.map(each => each.line))
    for (let line = block.line; line <= lastLine(old.text, block); line++) {
      if (!sections.has(line)) accounted.add(line)
    }
  }
  return accounted
}

/** Requirements that should be in the new spec but cannot be read there. */
function lostRequirements({ old, merged, delta }: Merge): Loss[] {
  const now = namesOf(merged.requirements)
  const removed = namesOf(delta.removed)
  const renamedAway = namesOf(delta.renamed.map(({ from }) => ({ name: from })))
  const kept = old.requirements.filter(({ name }) => {
    const key = normalName(name)
    return !removed.has(key) && !renamedAway.has(key)
  })
  const renamed = delta.renamed
    .map(({ to }) => ({ name: to }))
    .filter(({ name }) => !removed.has(normalName(name)))
  const brought = [...delta.added, ...delta.modified, ...renamed].map(({ name }) => ({ name, line: 1 }))
  return [...kept, ...brought]
    .filter(({ name }) => !now.has(normalName(name)))
    .map(({ name, line }) => ({ text: name, line }))
}

function namesOf(entries: readonly { name: string }[]): Set<string> {
  return new Set(entries.map(({ name }) => normalName(name)))
}

function lastLine(text: string, { line, start, end }: Requirement): number {
  return line + text.slice(start, end).split('\n').length - 1
}

function linesOf(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map(each => each.trim())
}
