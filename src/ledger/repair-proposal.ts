import { labelsOf, type Segment, type SideViews, segmentsOf, viewsOf } from '../markdown/conflict-segments.ts'
import { frontOf, hasFront, mayBegin } from '../markdown/front.ts'
import { eachVersion, type Versions } from '../markdown/three-way.ts'
import {
  bodiesOf,
  gapOf,
  type MergeTexts,
  mergeBodies,
  mergeFronts,
  newlineOf,
  withNewlines,
} from './merge-proposal.ts'

/** What git has of a conflict besides its markers: the three versions, when the index has them. */
export type IndexVersions = { base: string | null; ours: string; theirs: string }

export interface RepairedProposal {
  text: string
  /** Keys that are still twice in the frontmatter, because only a person can choose. */
  conflicts: string[]
}

interface Head {
  segments: Segment[]
  /** The lines behind the frontmatters that git put into one conflict with them; empty when there are none. */
  rest: string
}

/**
 * Takes git's markers out of the frontmatter of a proposal. The text after the frontmatter stays byte for byte;
 * where a conflict reaches from one into the other, git merges that part of the body again. Edits that a person made
 * by hand count before the index. Null when the frontmatter has no markers; undefined when it cannot be
 * repaired.
 */
export function repairProposal(
  text: string,
  index: IndexVersions | null,
  mergeTexts: MergeTexts,
): RepairedProposal | null | undefined {
  const head = headOf(segmentsOf(text))
  if (!head) return null
  const labels = labelsOf(head.segments)
  const views = viewsOf(head.segments)
  const end = newlineOf(text)
  const local = eachVersion(baseOf(head.segments, views), view => frontOf(view))
  const known =
    index && eachVersion({ ...index, base: index.base ?? '' }, each => frontOf(withNewlines(each, end)))
  const front =
    mergeFronts({ ...local, base: known?.base ?? local.base }, labels) ??
    (known && mergeFronts(known, labels))
  if (!front) return undefined
  const bodies = bodiesOf(local)
  const whole = (body: string) => ({ ...front, text: front.text + body })
  if (bodies.ours === '' && bodies.theirs === '') return whole(gapOf(local) + head.rest)
  if (index && known && isUntouched(text, index, mergeTexts)) {
    return whole(gapOf(known) + mergeBodies(bodiesOf(known), labels, mergeTexts))
  }
  return whole(gapOf(local) + mergeBodies(bodies, labels, mergeTexts) + head.rest)
}

/** The segments up to the end of both sides' frontmatter; null when no conflict comes before it. */
function headOf(segments: Segment[]): Head | null {
  for (let count = 1; count <= segments.length; count++) {
    const head = segments.slice(0, count)
    const { ours, theirs } = viewsOf(head)
    if (!isWithoutMarkers(ours) || !isWithoutMarkers(theirs)) continue
    if (!head.some(({ kind }) => kind === 'conflict')) return null
    if (![ours, theirs].some(hasFrontmatter)) return null
    return cutHead(head, segments.slice(count))
  }
  return null
}

function hasFrontmatter(view: string): boolean {
  const front = frontOf(view)
  return front !== null && hasFront(front)
}

function isWithoutMarkers(view: string): boolean {
  return frontOf(view) !== null && !mayBegin(view)
}

/** A merged segment at the end belongs to the frontmatter only up to the closing fence. */
function cutHead(head: Segment[], later: Segment[]): Head {
  const last = head.at(-1)
  let rest = later.map(({ text }) => text).join('')
  if (last?.kind !== 'merged') return { segments: head, rest }
  const views = viewsOf(head)
  const left = Math.min(
    ...[views.ours, views.theirs].map(view => {
      const front = frontOf(view)
      return front && hasFront(front) ? front.body.length : last.text.length
    }),
  )
  const cut = last.text.length - Math.min(left, last.text.length)
  rest = last.text.slice(cut) + rest
  return { segments: [...head.slice(0, -1), { kind: 'merged', text: last.text.slice(0, cut) }], rest }
}

/** Markers without the base: the base is what both sides have outside them. */
function baseOf(segments: Segment[], { ours, theirs, base }: SideViews): Versions<string> {
  const common = segments.map(segment => (segment.kind === 'merged' ? segment.text : '')).join('')
  return { base: base ?? common, ours, theirs }
}

/** True when the file is as git wrote it. */
function isUntouched(text: string, index: IndexVersions, mergeTexts: MergeTexts): boolean {
  const again = mergeTexts({ ...index, base: index.base ?? '' }, labelsOf(segmentsOf(text)))
  return plain(again) === plain(text)
}

/** Without the words behind the markers, and without line ends of their own. */
function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/^([<|>])\1{6} .*$/gm, '$1')
}
