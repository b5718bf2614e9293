import type { Context } from '../adapters/context.ts'
import { CHANGES } from '../change/change-directories.ts'
import { OpsxError } from '../errors.ts'
import type { Definition } from '../figures/definitions/definition.ts'
import { readMeasurable } from '../figures/measurable.ts'
import { trustDigest } from '../figures/measuring/command-digest.ts'
import { printable } from '../report/style.ts'

interface Command {
  name: string
  run: string
  digest: string
}

/**
 * Lets nobody's pull request run a command (FIGURES "Measuring"): in CI only those that stand at the merge base with the
 * default branch run, elsewhere those that somebody accepted on this machine for this repository. `trust` accepts all.
 * Throws COMMAND_NOT_TRUSTED before anything runs.
 */
export async function requireAccepted(context: Context, due: Definition[], trust: boolean): Promise<void> {
  const commands = commandsOf(due)
  if (commands.length === 0) return
  if (context.env.CI && !trust) {
    const accepted = await acceptedAtBase(context)
    const fresh = commands.filter(({ digest }) => !accepted.has(digest))
    if (fresh.length > 0)
      throw notTrusted(fresh, 'The default branch does not have it yet: merge it after a review.')
    return
  }
  const trusted = await context.trustedCommands()
  const fresh = commands.filter(({ digest }) => !trusted.has(digest))
  if (fresh.length === 0) return
  if (!trust) await askFor(context, fresh)
  trusted.add(fresh.map(({ digest }) => digest))
}

function commandsOf(definitions: Definition[]): Command[] {
  return definitions.flatMap(({ name, measure }) =>
    measure?.type === 'command' ? [{ name, run: measure.run, digest: trustDigest(measure.run) }] : [],
  )
}

async function askFor(context: Context, fresh: Command[]): Promise<void> {
  const { terminal } = context
  if (!terminal.interactive) throw notTrusted(fresh, 'Read it, then run again with --trust.')
  for (const command of fresh) {
    terminal.progress('')
    terminal.err(
      `${command.name} runs a command that nobody accepted here yet:\n  ${printable(command.run)}\n`,
    )
    const answer = await terminal.ask('Run it now and from now on? [y/N] ')
    if (!/^y(es)?$/i.test(answer))
      throw notTrusted([command], 'Answer y when you have read it, or give --trust.')
  }
}

/** Nothing when the clone does not reach the merge base: then nothing newer can be told from what was reviewed. */
async function acceptedAtBase(context: Context): Promise<Set<string>> {
  const git = await context.git()
  const signals = git.signals()
  const isDefault = git.facts(CHANGES)?.standing === 'default'
  const base = signals === undefined ? null : isDefault ? signals.head : signals.base
  const workspace = base === null ? undefined : git.workspaceAt(base, 'openspec')
  if (workspace === undefined) return new Set()
  try {
    const { definitions } = readMeasurable(workspace)
    return new Set(commandsOf(definitions.definitions).map(({ digest }) => digest))
  } catch (error) {
    if (error instanceof OpsxError && error.code === 'FIGURES_UNREADABLE') return new Set()
    throw error
  }
}

function notTrusted(commands: Command[], hint: string): OpsxError {
  const [first, ...more] = commands.map(({ name, run }) => `${name} runs ${printable(run)}`)
  const others = more.length === 0 ? '' : `; ${more.join('; ')}`
  return new OpsxError('COMMAND_NOT_TRUSTED', `Nobody has accepted this command yet: ${first}${others}`, {
    hint,
  })
}
