import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT } from '../../errors.ts'
import { readLock } from '../../figures/lock/read-lock.ts'
import { readMeasurable, requireFigures } from '../../figures/measurable.ts'
import { measuredFigures } from '../../figures/measured-figures.ts'
import { figureListDocument, formatFigureList } from '../../report/figures-list.ts'
import type { Report } from '../../report/report.ts'
import type { GlobalOptions } from '../verb.ts'

interface ListOptions extends GlobalOptions {
  change?: string
}

export function addList(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'list [name...]',
    summary: 'every figure with its value, the values before it, and whether it still holds',
    example: 'opsx figures list\nopsx figures list tests --json',
  })
    .option('--change <change>', 'with the figures.yaml of this change over that of the repository')
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<ListOptions>(context, command, options => listFigures(context, names, options)))
    })
}

/** Runs no command. A figure is named by its full name, or by the name of its definition. */
export function listFigures(context: Context, names: string[], { change }: ListOptions): Report {
  const workspace = context.workspace()
  const { definitions, inputs, findings } = readMeasurable(workspace, change)
  requireFigures(definitions, names)
  const { lock } = readLock(workspace)
  const measured = measuredFigures({ definitions, lock, inputs: inputs.digest })
  const rows = [...measured.figures.values()].filter(({ figure }) => {
    return names.length === 0 || names.includes(figure.name) || names.includes(figure.definition ?? '')
  })
  return {
    schema: 'opsx/figures@1',
    exitCode: EXIT.ok,
    document: figureListDocument(rows, findings),
    text: style => formatFigureList(rows, findings, style),
  }
}
