import type { Context } from '../adapters/context.ts'
import type { Report } from '../report/report.ts'
import { runDuplicate } from '../review/end-change.ts'
import { syncReport } from './sync.ts'
import { syncPortsOf } from './sync-ports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

interface DuplicateOptions extends GlobalOptions {
  of?: string
}

export const duplicateVerb: Verb<[change: string], DuplicateOptions> = {
  usage: 'duplicate <change>',
  summary: 'end a change as a duplicate of another change or issue',
  about:
    'Ends the change as a duplicate of another change or issue; no sync ever does this. opsx reopen reverts it.',
  example: 'opsx duplicate add-dark-theme --of add-dark-mode',
  flags: command => command.requiredOption('--of <change-or-issue>', 'the change or issue that stays open'),
  run: (context, [change], options) => duplicate(context, change, options),
}

async function duplicate(context: Context, change: string, options: DuplicateOptions): Promise<Report> {
  const request = { change, original: options.of ?? '', offline: options.offline === true }
  const outcome = await runDuplicate(await syncPortsOf(context), request)
  return syncReport(outcome, { ...options, needed: true })
}
