import { posix } from 'node:path'
import { type Finding, finding } from '../findings/finding.ts'
import type { Blocks } from '../markdown/blocks.ts'
import { scanBlocks } from '../markdown/scan-blocks.ts'
import type { Decision, VerifyReport } from './change.ts'
import { decisionDigest } from './decision-digest.ts'

type Decided = 'pass' | 'warn' | 'fail'

interface Sighting {
  decision: Decided
  line: number
}

const SECTION = /overall decision|final assessment|verdict/i
const LABEL =
  /^(?:[-*+][ \t]+)?\*\*\s*(?:overall decision|final assessment|verdict)\s*(?:\*\*)?\s*:\s*(?:\*\*)?\s*(.*)$/i
const BOLD = /^\*\*\s*(pass with warnings?|pass|fail)\s*[.!:]?\s*\*\*/i
const EDGE_LINES = 15

/** What a change without a verify file has. */
export const NO_REPORT: VerifyReport = { file: null, decision: 'none', line: null, digest: null }

/**
 * Reads the decision of verify.md or verification.md. Of several decisions, the worst counts, with a
 * finding. None: `undecided`, which is never a milestone.
 *
 * @param file path relative to the root
 */
export function parseVerifyReport(text: string, file: string): { report: VerifyReport; findings: Finding[] } {
  const findings: Finding[] = []
  const blocks = scanBlocks(text)
  const { sightings, boxed } = sightingsOf(text, blocks)
  const worst = sightings.reduce<Sighting | null>(
    (one, other) => (one && rank(one) >= rank(other) ? one : other),
    null,
  )
  if (boxed && sightings.length > 1) {
    const decisions = sightings.map(each => each.decision).join(', ')
    findings.push(
      finding('verify/several-decisions', 'warning', { decisions }, { file, line: sightings[0]?.line ?? 1 }),
    )
  }
  if (!worst) findings.push(finding('verify/unfilled', 'info', {}, { file }))
  return { report: new ParsedReport(text, file, worst), findings }
}

/**
 * Computes its digest when that is first read: hashing would cost a plain `status` more than all its reading. A class,
 * because an object with a getter of its own would hold its text for as long as the engine remembers its shape.
 */
class ParsedReport implements VerifyReport {
  readonly file: string
  readonly decision: Decision
  readonly line: number | null
  readonly #text: string
  #digest: string | undefined

  constructor(text: string, file: string, sighting: Sighting | null) {
    this.#text = text
    this.file = posix.basename(file)
    this.decision = sighting?.decision ?? 'undecided'
    this.line = sighting?.line ?? null
  }

  get digest(): string {
    this.#digest ??= decisionDigest(this.#text)
    return this.#digest
  }
}

function rank({ decision }: Sighting): number {
  return ['pass', 'warn', 'fail'].indexOf(decision)
}

function sightingsOf(text: string, blocks: Blocks): { sightings: Sighting[]; boxed: boolean } {
  const { headings, boxes } = blocks
  const index = headings.findLastIndex(heading => !heading.nested && SECTION.test(heading.text))
  const section = headings[index]
  if (!section) return { sightings: proseSightings(text, blocks, null), boxed: false }

  const next = headings.slice(index + 1).find(heading => !heading.nested && heading.depth <= section.depth)
  const end = next?.offset ?? text.length
  const inside = boxes.filter(box => box.hidden === null && box.offset > section.offset && box.offset < end)
  if (inside.length === 0) {
    const range = { from: section.line, to: next?.line ?? Number.POSITIVE_INFINITY }
    const titled = wordDecision(section.text.replace(/^[^:]*(?::|$)/, ''))
    if (titled) return { sightings: [{ decision: titled, line: section.line }], boxed: false }
    return { sightings: proseSightings(text, blocks, range), boxed: false }
  }
  const sightings: Sighting[] = []
  for (const box of inside) {
    if (box.marker !== 'x' && box.marker !== 'X') continue
    const decision = boxDecision(text.slice(box.after, box.end))
    if (decision) sightings.push({ decision, line: box.line })
  }
  return { sightings, boxed: true }
}

/** Decision of a ticked box's first line, null when it names none or offers a choice. */
function boxDecision(line: string): Decided | null {
  const plain = line.replace(/[*_`~]/g, '').replace(/\p{Extended_Pictographic}\uFE0F?/gu, '')
  return headDecision(plain.replace(/\([^()]*\)/g, ' ')) ?? headDecision(plain.replace(/[()]/g, ' '))
}

function headDecision(line: string): Decided | null {
  const head = line.split(/[—–:]|(?<=\s)-(?=\s)/, 1)[0] ?? ''
  const passes = /\bPASS/i.test(head)
  const fails = /\b(?:FAIL|BLOCKED)/i.test(head)
  if (passes && fails && /[/|]/.test(head)) return null
  if (fails && !passes) return 'fail'
  if (/\bPASS\w*\W+WITH\W+WARN/i.test(line)) return 'warn'
  return /\bPASS/i.test(line) ? 'pass' : null
}

/** Decision of the words behind a label: they must begin with it, and not list the choices. */
function wordDecision(words: string): Decided | null {
  const plain = words
    .replace(/[*_`~]/g, '')
    .replace(/\p{Extended_Pictographic}\uFE0F?/gu, '')
    .trim()
  const match = /^\(?(pass(?:ed)?\W+with\W+warn\w*|pass(?:ed)?|fail(?:ed)?|blocked)(?!\w)(\s*[/|])?/i.exec(
    plain,
  )
  if (!match?.[1] || match[2]) return null
  if (/^(?:fail|blocked)/i.test(match[1])) return 'fail'
  return /warn/i.test(match[1]) ? 'warn' : 'pass'
}

/** Bold decisions in the section, or in the first and last lines of a file without one; fences, quotes and tables aside. */
function proseSightings(
  text: string,
  { regions }: Blocks,
  section: { from: number; to: number } | null,
): Sighting[] {
  const lines = text.trimEnd().split('\n')
  const masked = new Set<number>()
  for (const { line, endLine } of regions) for (let i = line; i <= endLine; i++) masked.add(i)
  const sightings: Sighting[] = []
  for (let number = 1; number <= lines.length; number++) {
    const edge = number <= EDGE_LINES || number > lines.length - EDGE_LINES
    const within = section ? number > section.from && number < section.to : false
    if ((!edge && !within) || masked.has(number)) continue
    const line = (lines[number - 1] ?? '').replace(/\p{Extended_Pictographic}\uFE0F?/gu, '').trim()
    if (line.startsWith('>') || line.startsWith('|')) continue
    const decision = wordDecision(LABEL.exec(line)?.[1] ?? BOLD.exec(line)?.[1] ?? '')
    if (decision) sightings.push({ decision, line: number })
  }
  return sightings
}
