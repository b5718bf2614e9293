import { createHash } from 'node:crypto'
import { headingsOf } from '../markdown/sections.ts'

const LIMIT = 250_000

/** Twelve hex digits over letters and digits alone: Linear rewrites the markup, never the words. */
export function wordDigest(text: string): string {
  const words = text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '')
  return createHash('sha256').update(words).digest('hex').slice(0, 12)
}

/** Digest of a section as sent, for `linear_description_digest`. */
export function sectionDigest(section: string): string {
  return `sha256:${createHash('sha256').update(section).digest('hex')}`
}

export interface DescriptionMerge {
  text: string
  /** The text inside the section now, when another user edited it; null otherwise. */
  foreign: string | null
}

/** Puts our section into a description, keeping every other character; null when it would be too long for Linear. */
export function mergeDescription(current: string, section: string, name: string): DescriptionMerge | null {
  const found = findSection(current, name)
  const text = found
    ? current.slice(0, found.start) + section + current.slice(found.end)
    : current.trim() === ''
      ? section
      : `${current.trimEnd()}\n\n${section}`
  if (text.length > LIMIT) return null
  return { text, foreign: found && !found.intact ? current.slice(found.start, found.end) : null }
}

function findSection(text: string, name: string): { start: number; end: number; intact: boolean } | null {
  const start = headingsOf(text).find(
    heading => heading.text.replace(/\\/g, '') === `OpenSpec change ${name}`,
  )?.offset
  if (start === undefined) return null
  const pattern = new RegExp(
    `^.*End of OpenSpec change ${literal(name)}, kept by opsx \\(([0-9a-f]{12})\\).*$`,
    'm',
  )
  const end = pattern.exec(text.slice(start))
  if (!end) return null
  const words = text.slice(start, start + end.index)
  return { start, end: start + end.index + end[0].length, intact: wordDigest(words) === end[1] }
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
