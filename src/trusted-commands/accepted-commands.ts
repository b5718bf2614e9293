import { hash } from 'node:crypto'
import { OpsxError } from '../errors.ts'
import type { TrustedCommands } from '../ports/shell.ts'

/** A command of the repository, and what it is for. */
export interface RepositoryCommand {
  name: string
  run: string
}

export interface Acceptance {
  /** What was accepted on this machine for this repository. */
  trusted(): Promise<TrustedCommands>
  /** In CI, the commands of the reviewed commit: only these may run there. Null elsewhere. */
  reviewed: RepositoryCommand[] | null
  /** Asks the person at the terminal; null without a terminal. */
  confirm: ((command: RepositoryCommand) => Promise<boolean>) | null
}

/**
 * Keeps a pull request from running its own commands (FIGURES "Measuring"): in CI only reviewed ones run, elsewhere only
 * those that a person accepted. Throws COMMAND_NOT_TRUSTED before anything runs.
 */
export async function requireAccepted(
  commands: RepositoryCommand[],
  { trusted, reviewed, confirm }: Acceptance,
): Promise<void> {
  if (commands.length === 0) return
  if (reviewed) {
    const unreviewed = commands.filter(({ run }) => !reviewed.some(each => each.run === run))
    if (unreviewed.length === 0) return
    throw notTrusted(unreviewed, 'The default branch does not have it yet: merge it after a review.')
  }
  const accepted = await trusted()
  const unknown = commands.filter(({ run }) => !accepted.has(trustDigest(run)))
  if (unknown.length === 0) return
  if (!confirm) throw notTrusted(unknown, 'Read it, then run again with --trust.')
  for (const command of unknown) {
    if (!(await confirm(command)))
      throw notTrusted([command], 'Answer y when you have read it, or give --trust.')
  }
  accepted.add(unknown.map(({ run }) => trustDigest(run)))
}

/** Records commands as accepted, for `--trust`. */
export function acceptCommands(commands: RepositoryCommand[], accepted: TrustedCommands): void {
  const unknown = commands.map(({ run }) => trustDigest(run)).filter(digest => !accepted.has(digest))
  if (unknown.length > 0) accepted.add(unknown)
}

/** What a person accepts: the exact command line. */
export function trustDigest(run: string): string {
  return `sha256:${hash('sha256', JSON.stringify(['trust', run]))}`
}

function notTrusted(commands: RepositoryCommand[], hint: string): OpsxError {
  const list = commands.map(({ name, run }) => `${name} runs ${run}`).join('; ')
  return new OpsxError('COMMAND_NOT_TRUSTED', `Nobody has accepted this command yet: ${list}`, { hint })
}
