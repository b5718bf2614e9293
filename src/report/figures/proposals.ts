import type { ProposedFile } from '../../figures/bindings/run-bind.ts'
import { plural } from '../reported.ts'
import { cut, printable, type Style } from '../style.ts'

/** `opsx/figures@1` of `opsx figures bind` (FORMATS.md). */
export function proposalsDocument(files: ProposedFile[], writes: string[]): Record<string, unknown> {
  const proposals = files.flatMap(({ file, proposals: list }) =>
    list.map(({ line, figures, insert }) => ({ file, line, figures, insert: insert.trim() })),
  )
  return { proposals, writes }
}

/** Each line with the comment that would bind it. */
export function formatProposals(files: ProposedFile[], writes: string[], style: Style): string {
  const lines = files.flatMap(({ file, text, proposals }) => {
    const source = text.split('\n')
    return proposals.flatMap(({ line, insert }) => [
      style.dim(printable(`${file}:${line}`)),
      cut(`  ${printable((source[line - 1] ?? '').trim())}`, style.columns, style),
      style.green(cut(`+ ${printable(insert.trim())}`, style.columns, style)),
    ])
  })
  const count = files.reduce((sum, { proposals }) => sum + proposals.length, 0)
  if (count === 0)
    return `${style.dot} Nothing to bind: no line has both the value and the noun of a figure.\n`
  const done = writes.map(path => `${style.green(style.ok)} wrote ${printable(path)}`)
  const hint = writes.length > 0 ? done : [`${style.dot} ${plural(count, 'binding')} to write (--write).`]
  return `${[...lines, ...hint].join('\n')}\n`
}
