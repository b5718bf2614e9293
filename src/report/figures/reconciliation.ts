import type { RefusalReason } from '../../figures/reconciling/plan-edits.ts'
import type { ReconciledFile } from '../../figures/reconciling/run-reconcile.ts'
import { findingDocument, formatFindings } from '../findings.ts'
import { plural } from '../reported.ts'
import { cut, printable, type Style } from '../style.ts'

export interface ReconciliationFacts {
  files: ReconciledFile[]
  writes: string[]
}

const REASONS: Record<RefusalReason, (word: string) => string> = {
  header: () => 'it is in a header, and archiving matches requirements by their headers (--force)',
  invariance: word => `the line contains "${word}", so the whole statement may be wrong now (--force)`,
  budget: () => 'it is a budget, which only a person should change (--force)',
  ambiguous: () => 'several numbers on the line are equal, and the binding does not name one',
  mismatch: () => 'the text does not match its binding',
  names: () => 'a person must correct the names of a set',
  digest: () => 'a person must review the text behind a digest',
  stale: () => 'its value is stale; measure it first',
  unmeasured: () => 'it was never measured',
}

/** `opsx/figures@1` of `opsx figures reconcile` (FORMATS.md). */
export function reconciliationDocument({ files, writes }: ReconciliationFacts): Record<string, unknown> {
  return {
    edits: files.flatMap(({ file, before, edits }) =>
      edits.map(({ figure, line, start, end, text }) => ({
        file,
        line,
        figure,
        before: before.slice(start, end),
        after: text,
      })),
    ),
    refused: files.flatMap(({ file, refused }) =>
      refused.map(({ figure, line, reason, word }) => ({
        file,
        line,
        figure,
        reason: REASONS[reason](word),
      })),
    ),
    findings: files.flatMap(({ left }) => left.map(findingDocument)),
    writes,
  }
}

/** The changed lines as a diff, then the refused edits with their reasons, then the findings that are left. */
export function formatReconciliation({ files, writes }: ReconciliationFacts, style: Style): string {
  const changed = files.filter(({ before, after }) => before !== after)
  const diffs = changed.map(file => formatDiff(file, style))
  const refused = files.flatMap(({ file, refused: list }) =>
    list.map(({ figure, line, reason, word }) => {
      const place = printable(`${file}:${line}`)
      return `${style.yellow(style.warn)} ${place}: ${printable(figure)} is unchanged:\n    ${REASONS[reason](printable(word))}\n`
    }),
  )
  const left = files.flatMap(each => each.left)
  const problems = formatFindings(left, style)
  const edits = changed.reduce((sum, each) => sum + linesOf(each).length, 0)
  const done = writes.length > 0 ? 'rewrote' : 'would rewrite'
  const sum =
    edits === 0
      ? `${style.green(style.ok)} Every bound number that opsx can rewrite matches its measured value.\n`
      : `${style.green(style.ok)} ${done} ${plural(edits, 'line')} in ${plural(changed.length, 'file')}${writes.length > 0 ? '' : ' (--write)'}\n`
  return `${diffs.join('')}${refused.join('')}${problems}${sum}`
}

/** Edits change no line break, so lines with the same number correspond. */
function linesOf({ before, after }: ReconciledFile): { line: number; from: string; to: string }[] {
  const now = after.split('\n')
  return before.split('\n').flatMap((from, index) => {
    const to = now[index] ?? ''
    return from === to ? [] : [{ line: index + 1, from, to }]
  })
}

const BEFORE = 24

/** Shortens a line so that its first difference from the other line is visible. */
function excerpt(sign: string, line: string, { other, style }: { other: string; style: Style }): string {
  const shown = printable(line)
  const differs = [...shown].findIndex((character, index) => character !== printable(other)[index])
  const indent = shown.length - shown.trimStart().length
  const fits = shown.length - indent + 2 <= style.columns
  const from = fits || differs - indent < style.columns - 2 * BEFORE ? indent : differs - BEFORE
  const lead = from > indent ? style.ellipsis : ''
  return cut(`${sign} ${lead}${shown.slice(from)}`, style.columns, style)
}

function formatDiff(file: ReconciledFile, style: Style): string {
  const lines = linesOf(file).flatMap(({ line, from, to }) => [
    style.dim(printable(`${file.file}:${line}`)),
    style.red(excerpt('-', from, { other: to, style })),
    style.green(excerpt('+', to, { other: from, style })),
  ])
  return `${lines.join('\n')}\n`
}
