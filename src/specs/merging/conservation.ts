import { type Finding, finding } from '../../findings/finding.ts'
import { normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Requirement } from '../parse-requirements.ts'
import { parseSpec, type Spec } from '../parse-spec.ts'
import { extrasOf } from './absorbed-text.ts'

/**
 * The conservation check of a merge: every non-blank line of the old spec is in the new one, in as many copies, or
 * belongs to a requirement that a named operation changes or removes; and what the delta brings can be read in it
 * (OPENSPEC: Conservation check). Independent of how
 * the merge was made. `file` and lines are those of the old spec; one finding per stretch of lost lines.
 */
export function conservationFindings(
  old: Spec,
  merged: string,
  { delta, capability, file }: { delta: Delta; capability: string; file: string },
): Finding[] {
  const left = new Map<string, number>()
  for (const line of linesOf(merged)) left.set(line, (left.get(line) ?? 0) + 1)
  const accounted = accountedLines(old, delta)
  const found: Finding[] = []
  let previous = -1
  linesOf(old.text).forEach((line, index) => {
    if (line === '' && previous === index - 1) previous = index
    if (line === '' || accounted.has(index + 1)) return
    const count = left.get(line) ?? 0
    if (count > 0) left.set(line, count - 1)
    else {
      const args = { capability, text: line, line: index + 1 }
      const at = { file, line: index + 1, column: 1 }
      if (previous !== index - 1) found.push(finding('delta/lost-text', 'critical', args, at))
      previous = index
    }
  })
  const reportedLines = new Set(found.map(({ line }) => line))
  const moved = requirementsWithLostLines(old, merged, { delta, capability, file }).filter(
    ({ line }) => !reportedLines.has(line),
  )
  return [...found, ...moved, ...unreadRequirements(old, merged, { delta, capability, file })]
}

/**
 * A requirement that no operation changes must still hold its own lines: equal ones that the delta brings elsewhere do not
 * stand for them. The first line that each lacks.
 */
function requirementsWithLostLines(
  old: Spec,
  merged: string,
  { delta, capability, file }: { delta: Delta; capability: string; file: string },
): Finding[] {
  const changed = new Set([...delta.modified, ...delta.removed].map(each => normalName(each.name)))
  const renamed = new Map(delta.renamed.map(each => [normalName(each.from), normalName(each.to)]))
  const now = new Map(
    parseSpec(merged).requirements.map(({ name, start, end }) => [
      normalName(name),
      linesOf(merged.slice(start, end)),
    ]),
  )
  return old.requirements.flatMap(block => {
    const key = normalName(block.name)
    const name = renamed.get(key) ?? key
    const left = [...(now.get(name) ?? [])]
    if (changed.has(key) || changed.has(name) || !now.has(name)) return []
    const lines = linesOf(old.text.slice(block.headerEnd, block.end))
    const lost = lines.findIndex(line => line !== '' && !isTaken(line, left))
    if (lost < 0) return []
    const args = { capability, text: lines[lost] ?? '', line: block.line + lost }
    return [finding('delta/lost-text', 'critical', args, { file, line: args.line, column: 1 })]
  })
}

/** Takes a line out of those that are left; false when it is not among them. */
function isTaken(line: string, left: string[]): boolean {
  const at = left.indexOf(line)
  if (at >= 0) left.splice(at, 1)
  return at >= 0
}

/** Lines that an operation may change: statement and scenarios of what it names, never a foreign section. */
function accountedLines(old: Spec, delta: Delta): Set<number> {
  const accounted = new Set<number>()
  const renamed = new Map(delta.renamed.map(each => [normalName(each.to), normalName(each.from)]))
  const modified = new Set(delta.modified.map(each => normalName(each.name)))
  for (const name of [...modified]) modified.add(renamed.get(name) ?? name)
  const removed = new Set(delta.removed.map(each => normalName(each.name)))
  for (const name of [...removed]) removed.add(renamed.get(name) ?? name)
  const headers = new Set(renamed.values())
  for (const block of old.requirements) {
    const key = normalName(block.name)
    if (headers.has(key) || removed.has(key)) accounted.add(block.line)
    if (!modified.has(key) && !removed.has(key)) continue
    const sections = new Set(
      extrasOf(old.text, block)
        .filter(each => each.kind === 'section')
        .map(each => each.line),
    )
    for (let line = block.line; line <= lastLine(old.text, block); line++) {
      if (!sections.has(line)) accounted.add(line)
    }
  }
  return accounted
}

function unreadRequirements(
  old: Spec,
  merged: string,
  { delta, capability, file }: { delta: Delta; capability: string; file: string },
): Finding[] {
  const now = new Set(parseSpec(merged).requirements.map(each => normalName(each.name)))
  const gone = new Set(
    [...delta.removed.map(each => each.name), ...delta.renamed.map(each => each.from)].map(normalName),
  )
  const kept = old.requirements.filter(each => !gone.has(normalName(each.name)))
  const removed = new Set(delta.removed.map(each => normalName(each.name)))
  const renamed = delta.renamed
    .map(({ to }) => ({ name: to }))
    .filter(({ name }) => !removed.has(normalName(name)))
  const brought = [...delta.added, ...delta.modified, ...renamed]
  return [...kept, ...brought.map(({ name }) => ({ name, line: 1 }))]
    .filter(({ name }) => !now.has(normalName(name)))
    .map(({ name: text, line }) =>
      finding('delta/lost-text', 'critical', { capability, text, line }, { file, line, column: 1 }),
    )
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
