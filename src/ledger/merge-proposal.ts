import type { SideLabels } from '../markdown/conflict-segments.ts'
import { type Front, frontOf, hasFront } from '../markdown/front.ts'
import { eachVersion, threeWay, type Versions } from '../markdown/three-way.ts'
import { mergeFrontmatter } from './merge-frontmatter.ts'

/** git's own merge of three texts: with its markers, where both sides changed the same place. */
export type MergeTexts = (versions: Versions<string>, labels: SideLabels) => string

const NONE: Front = { opening: '', yaml: '', closing: '', body: '' }

/** A frontmatter of both sides, fences included; empty where no side has one. */
export interface MergedFront {
  text: string
  /** Keys that are in it twice, between markers. */
  conflicts: string[]
}

/** Merges a proposal: its frontmatter key by key, its body as git does. Null when the frontmatter cannot be merged so. */
export function mergeProposal(
  versions: Versions<string>,
  labels: SideLabels,
  mergeTexts: MergeTexts,
): MergedFront | null {
  const end = newlineOf(versions.ours)
  const fronts = eachVersion(versions, text => frontOf(withNewlines(text, end)))
  const front = mergeFronts(fronts, labels)
  if (!front) return null
  const body = mergeBodies(bodiesOf(fronts), labels, mergeTexts)
  return { ...front, text: front.text + (front.text && gapOf(fronts)) + body }
}

/** Null for a side whose frontmatter never ends, or one that cannot be merged. */
export function mergeFronts(fronts: Versions<Front | null>, labels: SideLabels): MergedFront | null {
  if (!fronts.ours || !fronts.theirs) return null
  const all = eachVersion(fronts, front => front ?? NONE)
  const side = threeWay(
    eachVersion(all, ({ opening, yaml, closing }) => opening + yaml + closing),
    (one, other) => one === other,
  )
  if (side) return { text: all[side].opening + all[side].yaml + all[side].closing, conflicts: [] }
  const opening = threeWay(
    eachVersion(all, front => front.opening),
    (one, other) => one === other,
  )
  if (!opening || !hasFront(all[opening])) return null
  const merged = mergeFrontmatter(
    eachVersion(all, front => front.yaml),
    labels,
  )
  return merged && { ...merged, text: all[opening].opening + merged.text + all[opening].closing }
}

/** The bodies to merge, without the gap. */
export function bodiesOf(fronts: Versions<Front | null>): Versions<string> {
  const cut = hasGap(fronts)
  return eachVersion(fronts, front => {
    if (!front) return ''
    return cut && hasFront(front) ? front.body.replace(GAP, '') : front.body
  })
}

/** The blank lines that come and go with a frontmatter, where not every version has one; else they are part of the body. */
export function gapOf(fronts: Versions<Front | null>): string {
  if (!hasGap(fronts)) return ''
  const front = [fronts.ours, fronts.theirs].find(each => each && hasFront(each))
  return GAP.exec(front?.body ?? '')?.[0] ?? ''
}

const GAP = /^(?:\r?\n)+/

function hasGap({ base, ours, theirs }: Versions<Front | null>): boolean {
  const count = [base, ours, theirs].filter(front => front && hasFront(front)).length
  return count === 1 || count === 2
}

export function mergeBodies(bodies: Versions<string>, labels: SideLabels, mergeTexts: MergeTexts): string {
  const side = threeWay(bodies, (one, other) => one === other)
  return side ? bodies[side] : mergeTexts(bodies, labels)
}

export function newlineOf(text: string): '\n' | '\r\n' {
  return /\r\n/.test(text) && !/[^\r]\n/.test(text) ? '\r\n' : '\n'
}

/** The text with these line ends, unless it mixes them. */
export function withNewlines(text: string, end: '\n' | '\r\n'): string {
  const own = newlineOf(text)
  if (own === end || (own === '\n' && text.includes('\r'))) return text
  return text.replace(/\r?\n/g, end)
}
