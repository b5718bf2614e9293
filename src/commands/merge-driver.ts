import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { formatLock } from '../figures/lock/format-lock.ts'
import { LOCK_FILE } from '../figures/lock/lock.ts'
import { resolveLock } from '../figures/lock/resolve-lock.ts'
import { mergeProposal } from '../ledger/merge-proposal.ts'
import { segmentsOf } from '../markdown/conflict-segments.ts'
import type { Versions } from '../markdown/three-way.ts'
import type { Git } from '../ports/git.ts'
import type { Report } from '../report/report.ts'
import { mergeBaseLock } from '../specs/merge-base-lock.ts'
import { BASE_LOCK } from '../specs/read-specs.ts'

/** What git hands to a merge driver: three files, of which it reads `ours` again, and words for the markers. */
export interface DriverCall {
  base: string
  ours: string
  theirs: string
  /** Path in the repository, which tells what kind of file it is. */
  path: string
  labels: { ours: string; theirs: string }
}

export function addMergeDriver(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'merge-driver <base> <ours> <theirs> <path> [ours-label] [theirs-label]',
    summary: 'what git runs for the files that opsx init --merge-driver names',
    example: 'git config merge.opsx.driver',
  }).action(async (...given: unknown[]) => {
    const command = given.at(-1) as Command
    const [base = '', ours = '', theirs = '', path = '', one, other] = command.args
    const labels = { ours: labelOf(one, 'ours'), theirs: labelOf(other, 'theirs') }
    exit(await perform(context, command, () => driveMerge(context, { base, ours, theirs, path, labels })))
  })
}

/** Git before 2.44 hands the placeholder itself. */
function labelOf(word: string | undefined, otherwise: string): string {
  return word === undefined || word === '' || /^%[XY]$/.test(word) ? otherwise : word
}

/** Writes the merge where git reads it. Exit code 1 leaves the file to a person, with markers, as git itself would. */
export async function driveMerge(context: Context, call: DriverCall): Promise<Report> {
  const files = context.workspaceAt('.')
  const git = await context.git()
  const versions = {
    base: files.read(call.base) ?? '',
    ours: files.read(call.ours) ?? '',
    theirs: files.read(call.theirs) ?? '',
  }
  const text = mergedText(git, call, versions) ?? git.mergeTexts({ ...versions, labels: call.labels })
  files.write(call.ours, text)
  const conflict = segmentsOf(text).some(({ kind }) => kind === 'conflict')
  return {
    schema: 'opsx/merge-driver@1',
    exitCode: conflict ? EXIT.findings : EXIT.ok,
    document: { path: call.path, conflict },
    text: () => '',
  }
}

/** Null where only git's own merge is left. */
function mergedText(git: Git, { path, labels }: DriverCall, versions: Versions<string>): string | null {
  if (path.endsWith(BASE_LOCK)) return mergeBaseLock(versions)
  if (!path.endsWith(LOCK_FILE)) {
    const merged = mergeProposal(versions, labels, (texts, names) =>
      git.mergeTexts({ ...texts, labels: names }),
    )
    return merged?.text ?? null
  }
  try {
    return formatLock(resolveLock({ ...versions, base: versions.base || undefined }).lock)
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}
