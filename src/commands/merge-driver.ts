import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import type { Report } from '../report/report.ts'
import { type DriverCall, driveMerge } from '../setup/drive-merge.ts'
import type { Verb } from './verb.ts'

type Words = [base: string, ours: string, theirs: string, path: string, one?: string, other?: string]

export const mergeDriverVerb: Verb<Words> = {
  usage: 'merge-driver <base> <ours> <theirs> <path> [ours-label] [theirs-label]',
  summary: 'merge a ledger or lock file for git (configured by opsx init --merge-driver)',
  exits: '1 conflict markers are left in the file',
  example: 'git config merge.opsx.driver',
  hidden: true,
  run: (context, [base, ours, theirs, path, one, other]) => {
    const labels = { ours: labelOf(one, 'ours'), theirs: labelOf(other, 'theirs') }
    return mergeDriver(context, { base, ours, theirs, path, labels })
  },
}

/** Git before 2.44 passes the placeholder itself. */
function labelOf(word: string | undefined, otherwise: string): string {
  return word === undefined || word === '' || /^%[XY]$/.test(word) ? otherwise : word
}

async function mergeDriver(context: Context, call: DriverCall): Promise<Report> {
  const conflict = driveMerge({ files: context.workspaceAt('.'), git: await context.git() }, call)
  return {
    schema: 'opsx/merge-driver@1',
    exitCode: conflict ? EXIT.findings : EXIT.ok,
    document: { path: call.path, conflict },
    text: () => '',
  }
}
