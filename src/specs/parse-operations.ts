import { bareName } from './near-miss.ts'
import type { Requirement } from './parse-requirements.ts'
import { matches, type SpecLine } from './spec-lines.ts'

export type Operation = 'ADDED' | 'MODIFIED' | 'REMOVED' | 'RENAMED'

/** A requirement to remove, as a header or as a bullet. */
export interface Removal {
  name: string
  line: number
  /** The requirement in full; null for a bullet. */
  block: Requirement | null
}

/** A `FROM:` line with its `TO:` line. */
export interface Renaming {
  from: string
  to: string
  line: number
  toLine: number
}

/** A `FROM:` line without `TO:`, or the reverse. */
export interface Unpaired {
  side: 'FROM' | 'TO'
  name: string
  line: number
}

const REMOVED_BULLET = /^\s*[-*+]\s*(`?)###\s*Requirement:\s*(.+?)\s*$/
const RENAME = /^\s*[-*+]?\s*(FROM|TO):\s*(`?)###\s*Requirement:\s*(.+?)\s*$/

/** The entries of one REMOVED section, in order; `blocks`: by line of their header. */
export function removalsIn(lines: readonly SpecLine[], blocks: ReadonlyMap<number, Requirement>): Removal[] {
  return lines.flatMap(line => {
    const block = blocks.get(line.number) ?? null
    const [, tick = '', bullet] = matches(line, REMOVED_BULLET) ? (REMOVED_BULLET.exec(line.text) ?? []) : []
    const name = block ? block.name : bullet && withoutBacktick(tick, bullet)
    return name ? [{ name, line: line.number, block }] : []
  })
}

/** The pairs of one RENAMED section, and the lines without a partner. */
export function renamingsIn(lines: readonly SpecLine[]): { pairs: Renaming[]; unpaired: Unpaired[] } {
  const pairs: Renaming[] = []
  const unpaired: Unpaired[] = []
  let open: Unpaired | null = null
  for (const line of lines) {
    const [, side, tick = '', spelt = ''] = matches(line, RENAME) ? (RENAME.exec(line.text) ?? []) : []
    if (side === undefined) continue
    const name = withoutBacktick(tick, spelt)
    if (side === 'FROM') {
      if (open) unpaired.push(open)
      open = { side, name, line: line.number }
    } else if (open) {
      pairs.push({ from: open.name, to: name, line: open.line, toLine: line.number })
      open = null
    } else unpaired.push({ side: 'TO', name, line: line.number })
  }
  if (open) unpaired.push(open)
  return { pairs, unpaired }
}

/** A closing backtick is part of the name, except when another one precedes the header. */
function withoutBacktick(tick: string, spelt: string): string {
  const whole = tick !== '' && spelt.endsWith('`') ? spelt.slice(0, -1) : spelt
  return bareName(whole.trim())
}
