import type { NewChange } from '../setup/run-new.ts'
import { printable, type Style } from './style.ts'
import { formatWrites } from './writes.ts'

/** `opsx/new@1` (FORMATS.md). */
export function newDocument({ name, directory, schema, writes, left }: NewChange): Record<string, unknown> {
  return {
    change: name,
    path: directory,
    changeSchema: schema,
    writes,
    left: left.map(({ id, generates }) => ({ artifact: id, file: generates })),
  }
}

/** The files, and what to do with them next. */
export function formatNew({ name, directory, writes, created, left }: NewChange, style: Style): string {
  const [first] = created
  const begin = first && first.id !== 'proposal' ? [`Begin with ${directory}/${first.generates}.`] : []
  const specs = left.some(({ id }) => id === 'specs')
    ? [`Write one delta spec per capability: ${directory}/specs/<capability>/spec.md.`]
    : []
  const steps = [
    '',
    ...begin,
    `Write ${directory}/proposal.md, then bind it to an issue: opsx bind ${name} <ISSUE>`,
    ...specs,
    `opsx status ${name} shows what is next.`,
    '',
  ]
  return formatWrites(writes, style) + steps.map(printable).join('\n')
}
