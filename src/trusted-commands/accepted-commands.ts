import { hash } from 'node:crypto'
import { OpsxError } from '../errors.ts'
import type { TrustedCommands } from '../ports/shell.ts'

/** A command of the repository. `name` is the name of its figure or check. */
export interface RepositoryCommand {
  name: string
  run: string
}

export interface Acceptance {
  /** Commands that were accepted on this machine for this repository. */
  trusted(): Promise<TrustedCommands>
  /** In CI, the commands of the reviewed commit. No others may run there. Null outside CI. */
  reviewed: RepositoryCommand[] | null
  /** Asks the user; null without a terminal. */
  confirm: ((command: RepositoryCommand) => Promise<boolean>) | null
}

/**
 * Prevents a pull request from running its own commands. In CI, only reviewed commands may run; elsewhere, only those that
 * the user accepted. Throws COMMAND_NOT_TRUSTED before any command runs.
 */
export async function requireAccepted(
  commands: RepositoryCommand[],
  { trusted, reviewed, confirm }: Acceptance,
): Promise<void> {
  if (commands.length === 0) return
  if (reviewed) {
    const unreviewed = commands.filter(({ run }) => !reviewed.some(each => each.run === run))
    if (unreviewed.length === 0) return
    throw notTrusted(unreviewed, 'Review it and merge it into the default branch first.')
  }
  const accepted = await trusted()
  const unknown = commands.filter(({ run }) => !accepted.has(trustDigest(run)))
  if (unknown.length === 0) return
  if (!confirm) throw notTrusted(unknown, 'Read it, then run the command again with --trust.')
  for (const command of unknown) {
    if (!(await confirm(command)))
      throw notTrusted([command], 'Read it, then run the command again and answer y, or use --trust.')
  }
  accepted.add(unknown.map(({ run }) => trustDigest(run)))
}

/** Stores commands as accepted, for `--trust`. */
export function acceptCommands(commands: RepositoryCommand[], accepted: TrustedCommands): void {
  const unknown = commands.map(({ run }) => trustDigest(run)).filter(digest => !accepted.has(digest))
  if (unknown.length > 0) accepted.add(unknown)
}

/** Digest of the exact command line that a user accepts. */
export function trustDigest(run: string): string {
  return `sha256:${hash('sha256', JSON.stringify(['trust', run]))}`
}

function notTrusted(commands: RepositoryCommand[], hint: string): OpsxError {
  const list = commands.map(({ name, run }) => `${name} runs ${run}`).join('; ')
  return new OpsxError('COMMAND_NOT_TRUSTED', `This command was not accepted yet: ${list}`, { hint })
}
