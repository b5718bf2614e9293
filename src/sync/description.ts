import { createHash } from 'node:crypto'
import type { TrackedChange } from '../ledger/ledger.ts'
import { headingsOf, sectionText } from '../markdown/sections.ts'

const LIMIT = 250_000

/**
 * The section of an issue's description that opsx owns, distilled from the proposal (LIFECYCLE §5): Why → TL;DR,
 * What Changes → deliverables, Capabilities → scope, requirement names of the delta → acceptance, bound
 * figures → their measured values. Ends with a line that
 * carries a digest of the section's words, so that an edit inside it shows even after Linear re-serialised the Markdown.
 */
export function formatSection(
  change: TrackedChange,
  { requirements, measured }: { requirements: string[]; measured: string[] },
): string {
  const body = change.proposal?.text.slice(change.proposal.frontmatter.bodyOffset) ?? ''
  const parts = [
    startLine(change.name),
    part('TL;DR', firstParagraph(stripComments(sectionText(body, 'Why')))),
    part('Deliverables', bulletsOf(stripComments(sectionText(body, 'What Changes')))),
    part('Scope', bulletsOf(stripComments(sectionText(body, 'Capabilities')))),
    part('Acceptance', requirements.map(name => `- ${name}`).join('\n')),
    part('Measured', measured.map(line => `- ${line}`).join('\n')),
  ].filter(text => text !== '')
  const words = parts.join('\n\n')
  return `${words}\n\n${endLine(change.name, wordDigest(words))}`
}

function startLine(name: string): string {
  return `### OpenSpec change ${name}`
}

function endLine(name: string, digest: string): string {
  return `*End of OpenSpec change ${name}, kept by opsx (${digest}). Edits inside this section are replaced.*`
}

function part(title: string, text: string): string {
  return text === '' ? '' : `**${title}**\n\n${text}`
}

function firstParagraph(text: string): string {
  return text.trim().split(/\n\s*\n/)[0] ?? ''
}

/** Top-level list items and their lead lines; sub-headings become plain lines. */
function bulletsOf(text: string): string {
  const items = text.split('\n').filter(line => /^\s{0,1}(?:[-*+]|\d{1,9}[.)])\s+\S/.test(line))
  return items.map(line => line.replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/, '- ')).join('\n')
}

/** Bindings and notes in comments never reach Linear. */
function stripComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '')
}

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
  /** What stands inside the section now, when somebody else edited it; null otherwise. */
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
