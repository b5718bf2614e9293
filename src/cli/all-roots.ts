import type { Context } from '../adapters/context.ts'
import type { GlobalOptions } from '../commands/verb.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { formatError } from '../report/error.ts'
import type { Report } from '../report/report.ts'
import { type RootReport, rootsReport } from '../report/roots.ts'
import { type Call, performWith } from './perform.ts'

export interface RootsRequest<O> {
  call: Call<O>
  /** Names on the command line, which belong to one root. */
  names: string[]
}

/**
 * Runs a command in every root of the repository and prints one report. An error in one root does not stop the others;
 * the exit code is the worst one. Throws USAGE for names, and NOT_A_REPOSITORY when there is no root.
 */
export async function performAllRoots<O extends object>(
  context: Context,
  { call, names }: RootsRequest<O>,
  act: (options: O & GlobalOptions) => Report | Promise<Report>,
): Promise<number> {
  if (names.length > 0) {
    throw new OpsxError('USAGE', `--all-roots takes no names, but "${names[0]}" was given.`, {
      hint: 'Leave out --all-roots, and give the root with -C.',
    })
  }
  return performWith(context, { ...call, verb: `${call.verb} --all-roots`, formats: [] }, async options => {
    const { top, roots } = await context.roots()
    if (roots.length === 0) {
      throw new OpsxError('NOT_A_REPOSITORY', `There is no openspec/ directory in ${top} or below it.`, {
        hint: 'opsx init creates one. Links, node_modules and ignored directories are skipped.',
      })
    }
    const began = context.directory
    const reports: RootReport[] = []
    for (const root of roots) {
      context.enter(root)
      const name =
        root === top
          ? '.'
          : root
              .slice(top.length)
              .replace(/^[\\/]/, '')
              .replaceAll('\\', '/')
      reports.push({ root: name, report: await reportOf(() => act(options)) })
    }
    context.enter(began)
    return rootsReport(reports)
  })
}

async function reportOf(act: () => Report | Promise<Report>): Promise<Report> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof OpsxError) || error.exitCode === EXIT.bug) throw error
    const { code, message, hint, exitCode } = error
    return {
      schema: 'opsx/error@1',
      exitCode,
      document: { error: { code, message, hint: hint ?? null } },
      text: style => formatError(error, style),
    }
  }
}
