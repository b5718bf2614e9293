/** Lines that git merged, or one conflict. Texts keep their line ends. */
export type Segment =
  | { kind: 'merged'; text: string }
  | { kind: 'conflict'; text: string; ours: string; theirs: string; base: string | null; labels: SideLabels }

/** The labels after git's markers; empty when there are none. */
export interface SideLabels {
  ours: string
  theirs: string
}

/** The text of each side of a merge, rebuilt from git's markers. `base` is null unless every conflict contains it. */
export interface SideViews {
  ours: string
  theirs: string
  base: string | null
}

const MARKER = /^([<|=>])\1{6}(?: (.*))?$/

interface OpenConflict {
  part: 'ours' | 'base' | 'theirs'
  lines: Record<'ours' | 'base' | 'theirs', string[]>
  all: string[]
  label: string
  hasBase: boolean
}

/**
 * Cuts a text at git's conflict markers, in any of git's styles. A conflict that never ends is text, and so is a marker
 * out of its order: a line of seven `=` may be the underline of a heading.
 */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  let merged: string[] = []
  let open: OpenConflict | null = null
  const flush = () => {
    if (merged.length > 0) segments.push({ kind: 'merged', text: merged.join('') })
    merged = []
  }
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const [, mark, label = ''] = MARKER.exec(line.replace(/\r?\n$/, '')) ?? []
    if (mark === '<') {
      if (open) merged.push(...open.all)
      open = { part: 'ours', lines: { ours: [], base: [], theirs: [] }, all: [line], label, hasBase: false }
    } else if (!open) {
      merged.push(line)
    } else {
      open.all.push(line)
      if (mark === '|' && open.part === 'ours') Object.assign(open, { part: 'base', hasBase: true })
      else if (mark === '=' && open.part !== 'theirs') open.part = 'theirs'
      else if (mark === '>' && open.part === 'theirs') {
        flush()
        segments.push(conflictOf(open, label))
        open = null
      } else open.lines[open.part].push(line)
    }
  }
  if (open) merged.push(...open.all)
  flush()
  return segments
}

function conflictOf({ lines, all, label, hasBase }: OpenConflict, theirs: string): Segment {
  return {
    kind: 'conflict',
    text: all.join(''),
    ours: lines.ours.join(''),
    theirs: lines.theirs.join(''),
    base: hasBase ? lines.base.join('') : null,
    labels: { ours: label, theirs },
  }
}

/** The sides of a text; a hunk that git merged by itself is on all of them. */
export function viewsOf(segments: Segment[]): SideViews {
  const side = (name: 'ours' | 'theirs') =>
    segments.map(segment => (segment.kind === 'merged' ? segment.text : segment[name])).join('')
  const bases = segments.map(segment => (segment.kind === 'merged' ? segment.text : segment.base))
  return {
    ours: side('ours'),
    theirs: side('theirs'),
    base: bases.includes(null) ? null : bases.join(''),
  }
}

/** The words of the first conflict for its sides, or git's role names where it has none. */
export function labelsOf(segments: Segment[]): SideLabels {
  const first = segments.find(segment => segment.kind === 'conflict')
  return { ours: first?.labels.ours || 'ours', theirs: first?.labels.theirs || 'theirs' }
}
