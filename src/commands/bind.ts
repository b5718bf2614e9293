import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { formatBind } from '../report/bind.ts'
import type { Report } from '../report/report.ts'
import { bindChange } from '../setup/bind-change.ts'
import { syncReport } from './sync.ts'
import type { GlobalOptions } from './verb.ts'

export interface BindOptions extends GlobalOptions {
  /** A name, false for `--no-project`, absent for neither. */
  project?: string | false
  force?: boolean
}

export function addBind(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'bind <change> <issue>',
    summary:
      'bind a change to a Linear issue, register its team, and take the first milestone (Backlog to Todo)',
    example: 'opsx bind add-dark-mode CAM-15\nopsx bind add-dark-mode CAM-15 --project web --offline',
  })
    .option('--project <project>', 'slug, name or id of the Linear project')
    .option('--no-project', 'no project, on purpose')
    .option('--force', 'bind again to another issue')
    .action(async (change: string, issue: string, _, command: Command) => {
      exit(await perform<BindOptions>(context, command, options => bind(context, { change, issue }, options)))
    })
}

export async function bind(
  context: Context,
  names: { change: string; issue: string },
  options: BindOptions,
): Promise<Report> {
  const bound = await bindChange(context, { ...names, ...options })
  const report = syncReport(bound.outcome, options)
  return {
    ...report,
    schema: 'opsx/bind@1',
    document: { change: bound.change, issue: bound.issue, ...report.document, writes: bound.writes },
    text: style =>
      formatBind(bound, style) + (bound.outcome.plan.changes.length > 0 ? report.text(style) : ''),
  }
}
