import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import { runStatus } from '../overview/run-status.ts'
import type { Report } from '../report/report.ts'
import { formatStatus, type StatusFacts, statusDocument } from '../report/status.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export interface StatusOptions extends GlobalOptions {
  archived?: boolean
  remote?: boolean
}

export const statusVerb: Verb<[change: string | undefined], StatusOptions> = {
  usage: 'status [change]',
  summary: 'show every change with its issue, phase, last synced state, tasks and review round',
  about:
    'Reads files only: no git, and no network without --remote. With the name of a change it also shows which artifacts its schema asks for and what is next.',
  example: 'opsx status\nopsx status add-dark-mode --remote\nopsx status --archived --json',
  roots: true,
  flags: command =>
    command
      .option('--archived', 'also archived changes')
      .option('--remote', 'ask Linear for the states of the issues'),
  run: (context, [change], options) => status(context, change, options),
}

export async function status(
  context: Context,
  change: string | undefined,
  options: StatusOptions,
): Promise<Report> {
  const workspace = context.workspace()
  const ports = { workspace, linear: context, shipped: (path: string) => context.shipped(path) }
  const remote = options.remote === true && options.offline !== true
  const { artifacts, ...seen } = await runStatus(ports, {
    change,
    archived: options.archived === true,
    remote,
  })
  const facts: StatusFacts = { ...seen, detail: artifacts }
  return {
    schema: 'opsx/status@1',
    exitCode: EXIT.ok,
    document: statusDocument(facts),
    text: style => formatStatus(facts, style),
  }
}
