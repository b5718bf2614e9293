import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { formatLock } from '../../figures/lock/format-lock.ts'
import { LOCK_FILE } from '../../figures/lock/lock.ts'
import { parseLock } from '../../figures/lock/parse-lock.ts'
import { type LockSides, resolveLock, type Side, sidesOf } from '../../figures/lock/resolve-lock.ts'
import { readMergeVersions } from '../../ledger/merge-versions.ts'
import { formatResolved, resolvedDocument } from '../../report/figures-resolved.ts'
import type { Report } from '../../report/report.ts'
import type { GlobalOptions } from '../verb.ts'

interface ResolveOptions extends GlobalOptions {
  ours?: boolean
  theirs?: boolean
}

export function addResolve(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'resolve',
    summary: 'settle a merge conflict in the recorded values',
    example: 'opsx figures resolve\nopsx figures resolve --theirs\nopsx figures measure',
  })
    .option('--ours', 'where both sides differ, take ours')
    .option('--theirs', 'where both sides differ, take theirs')
    .action(async (_, command: Command) => {
      exit(await perform<ResolveOptions>(context, command, options => resolve(context, options)))
    })
}

/** Writes the lock without conflict markers; git is left to the person. */
export async function resolve(context: Context, { ours, theirs }: ResolveOptions): Promise<Report> {
  if (ours && theirs) {
    throw new OpsxError('USAGE', '--ours and --theirs do not go together.', {
      hint: 'Give one of them, or none.',
    })
  }
  const prefer: Side | undefined = ours ? 'ours' : theirs ? 'theirs' : undefined
  const release = (await context.lock()).acquire()
  try {
    const workspace = context.workspace()
    const text = workspace.read(LOCK_FILE) ?? ''
    const { lock, settled } = resolveLock(await readSides(context, text), prefer)
    workspace.write(LOCK_FILE, formatLock(lock))
    const facts = { settled, writes: [LOCK_FILE] }
    return {
      schema: 'opsx/figures@1',
      exitCode: EXIT.ok,
      document: resolvedDocument(facts),
      text: style => formatResolved(facts, style),
    }
  } finally {
    release()
  }
}

/** Both sides as git has them; from the markers when git knows of no merge any more. */
async function readSides(context: Context, text: string): Promise<LockSides> {
  if (text === '' || parseLock(text).problems.length === 0) {
    throw new OpsxError('FIGURE_REFUSED', `${LOCK_FILE} holds no merge conflict.`, {
      hint: 'There is nothing to settle; opsx figures measure brings values up to date.',
    })
  }
  const known = readMergeVersions(await context.git(), LOCK_FILE)
  const sides = known ? { ...known, base: known.base ?? undefined } : sidesOf(text)
  if (sides) return sides
  throw new OpsxError('FIGURES_LOCK_UNREADABLE', `${LOCK_FILE} is broken, and not by a merge.`, {
    hint: 'Restore the file from git, or remove it and measure again.',
  })
}
