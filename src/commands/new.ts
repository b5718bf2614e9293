import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import { formatNew, newDocument } from '../report/new.ts'
import type { Report } from '../report/report.ts'
import { runNew } from '../setup/run-new.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface NewOptions extends GlobalOptions {
  schema?: string
}

export const newVerb: Verb<[change: string], NewOptions> = {
  usage: 'new <change>',
  summary: 'create a change from the templates of its schema',
  about:
    'Creates openspec/changes/<change>/ with the artifacts that come before the work. Templates come from openspec/schemas/<schema>/templates, or from opsx. The default schema is the one in openspec/config.yaml, or spec-driven.',
  example: [
    'opsx new add-dark-mode                               the files that openspec/config.yaml asks for',
    'opsx new add-dark-mode --schema superpowers-bridge   eight artifacts, from brainstorm to retrospective',
    'opsx new add-dark-mode --schema house-style          your own, in openspec/schemas/house-style/',
  ].join('\n'),
  flags: command =>
    command.option(
      '--schema <schema>',
      'workflow schema (default: from openspec/config.yaml, else spec-driven)',
    ),
  writes: () => true,
  run: (context, [change], options) => newChange(context, change, options),
}

export function newChange(context: Context, name: string, options: NewOptions): Report {
  const { clock, shipped } = context
  const created = runNew({ workspace: context.workspace(), clock, shipped }, name, options.schema)
  return {
    schema: 'opsx/new@1',
    exitCode: EXIT.ok,
    document: newDocument(created),
    text: style => formatNew(created, style),
  }
}
