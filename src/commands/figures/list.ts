import type { Context } from '../../adapters/context.ts'
import { EXIT } from '../../errors.ts'
import { runList } from '../../figures/reading/run-list.ts'
import { figureListDocument, formatFigureList } from '../../report/figures/list.ts'
import type { Report } from '../../report/report.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface ListOptions extends GlobalOptions {
  change?: string
}

export const listVerb: Verb<[names: string[]], ListOptions> = {
  usage: 'list [name...]',
  summary: 'list every figure with its value, its former values, and whether it is up to date',
  example: 'opsx figures list\nopsx figures list tests --json',
  flags: command =>
    command.option('--change <change>', 'also read the figures.yaml of this change, which takes precedence'),
  run: (context, [names], options) => listFigures(context, names, options),
}

export function listFigures(context: Context, names: string[], { change }: ListOptions): Report {
  const { figures, findings } = runList({ workspace: context.workspace() }, { names, change })
  return {
    schema: 'opsx/figures@1',
    exitCode: EXIT.ok,
    document: figureListDocument(figures, findings),
    text: style => formatFigureList(figures, findings, style),
  }
}
