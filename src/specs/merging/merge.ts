import { normalName } from '../near-miss.ts'
import type { Delta } from '../parse-delta.ts'
import type { Requirement } from '../parse-requirements.ts'
import { parseSpec, type Spec } from '../parse-spec.ts'
import { specText } from '../spec-lines.ts'
import { plain } from './scenario-changes.ts'

export interface Merged {
  /** The new text of the main spec. */
  text: string
  /** True when no requirement is left, so that the capability ends. */
  emptied: boolean
}

/** A requirement of the result. */
interface Piece {
  /** Text without trailing white space, with the line ends of the result. */
  text: string
  /** The requirement of the main spec that it replaces or keeps; null for a new one. */
  base: Requirement | null
  touched: boolean
}

/**
 * Merges a delta into its main spec: RENAMED, REMOVED, MODIFIED, ADDED. Requirements that no operation
 * names keep their bytes; changed ones get one blank line around them. Only for a delta without critical findings,
 * including those of `mergeRefusals`.
 */
export function mergeDelta(delta: Delta, spec: Spec): Merged {
  const newline = lineEndOf(spec.text)
  const insert = (block: Requirement) => insertedText(delta.text.slice(block.start, block.end), newline)
  const pieces = new Map<string, Piece>()
  const order: string[] = []
  for (const block of spec.requirements) {
    const key = normalName(block.name)
    order.push(key)
    pieces.set(key, { text: spec.text.slice(block.start, block.end), base: block, touched: false })
  }
  for (const { from, to } of delta.renamed) {
    const [old, key] = [normalName(from), normalName(to)]
    const piece = pieces.get(old)
    if (!piece) continue
    const header = piece.base ? piece.base.headerEnd - piece.base.start : 0
    pieces.delete(old)
    pieces.set(key, { ...piece, text: `### Requirement: ${to}${piece.text.slice(header)}`, touched: true })
    order[order.indexOf(old)] = key
  }
  for (const { name } of delta.removed) pieces.delete(normalName(name))
  for (const block of delta.modified) {
    const piece = pieces.get(normalName(block.name))
    const text = insert(block)
    if (piece && plain(piece.text) !== plain(text)) Object.assign(piece, { text, touched: true })
  }
  for (const block of delta.added) {
    const key = normalName(block.name)
    if (pieces.has(key)) continue
    pieces.set(key, { text: insert(block), base: null, touched: true })
    order.push(key)
  }
  const kept = order.flatMap(key => pieces.get(key) ?? [])
  return { text: composed(spec, kept, newline), emptied: kept.length === 0 }
}

/** An empty main spec for a new capability; `purpose`: from the delta. */
export function specSkeleton(capability: string, change: string, purpose: string | null): Spec {
  const placeholder = `TBD - created by archiving change ${change}. Update Purpose after archive.`
  const body = purpose === null ? placeholder : plain(purpose)
  return parseSpec(`# ${capability} Specification\n\n## Purpose\n${body}\n\n## Requirements\n`)
}

function composed({ text, requirements, section }: Spec, pieces: readonly Piece[], newline: string): string {
  const first = requirements[0]?.start ?? sectionStop(text, section)
  const stop = section?.end ?? text.length
  const blank = newline + newline
  let result = text.slice(0, first)
  if (pieces[0] && (requirements.length === 0 || pieces[0].base !== requirements[0])) {
    result = `${result.trimEnd()}${blank}`
  }
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1]
    result += piece.text
    if (next) result += seam(text, { piece, next, requirements }) ?? blank
  })
  const last = pieces.at(-1)
  const kept = last?.base && last.base === requirements.at(-1)
  const tail = kept
    ? text.slice(last.base?.end ?? stop, stop)
    : text.slice(stop).trim() === ''
      ? newline
      : blank
  const rest = text.slice(stop)
  if (!last) return rest === '' ? `${result.trimEnd()}${newline}` : `${result.trimEnd()}${blank}${rest}`
  if (rest === '' && last.touched) return result + newline
  return result + (last.touched ? blank : tail) + rest
}

/** The white space of the main spec between two unchanged neighbors; null when they are no neighbors there. */
function seam(
  text: string,
  { piece, next, requirements }: { piece: Piece; next: Piece; requirements: readonly Requirement[] },
): string | null {
  if (!piece.base || !next.base || piece.touched || next.touched) return null
  const follows = requirements[requirements.indexOf(piece.base) + 1] === next.base
  return follows ? text.slice(piece.base.end, next.base.start) : null
}

function sectionStop(text: string, section: Spec['section']): number {
  if (!section) return text.length
  const inner = text.slice(section.headerEnd, section.end)
  return section.headerEnd + inner.trimEnd().length
}

/** The line end of most lines; a line feed when there are none. */
function lineEndOf(text: string): string {
  const pairs = text.match(/\r\n/g)?.length ?? 0
  const all = text.match(/\n/g)?.length ?? 0
  return pairs > 0 && pairs >= all - pairs ? '\r\n' : '\n'
}

/** The text of a delta's requirement for the main spec. Runs of blank lines outside code become one. */
function insertedText(raw: string, newline: string): string {
  const { lines } = specText(raw.replace(/\r\n?/g, '\n'))
  const shown = lines.filter(line => !/^ {0,3}<!--\s*renamed-from:.*-->\s*$/i.test(line.text))
  const kept = shown.filter(
    (line, index) => !(line.text === '' && shown[index - 1]?.text === '' && line.hidden !== 'fence'),
  )
  return kept.map(line => line.text).join(newline)
}
