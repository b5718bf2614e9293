import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { AnyVerb, GlobalOptions, VerbGroup } from '../commands/verb.ts'
import { addGlobalOptions, perform } from './global-options.ts'
import { writeLocked } from './write-locked.ts'

const SHARED_EXITS = '0 nothing to report, 2 usage or configuration, 70 a bug in opsx, 130 interrupted'

/** Declares a verb, or a group of verbs, below a command; `exit` receives the exit code of the run. */
export function declareVerb(
  parent: Command,
  verb: AnyVerb | VerbGroup,
  run: { context: Context; exit: (code: number) => void },
): Command {
  const command = parent
    .command(verb.usage, { hidden: 'hidden' in verb && verb.hidden === true })
    .description(verb.summary)
  if ('roots' in verb && verb.roots)
    command.option('--all-roots', 'run in every openspec/ of the git repository')
  addGlobalOptions(command, 'formats' in verb ? verb.formats : [])
    .addHelpText('after', () => notesOn(command, verb))
    .addHelpText('after', `\nExample:\n${verb.example.replace(/^/gm, '  ')}\n`)
  if ('verbs' in verb) {
    for (const each of verb.verbs) declareVerb(command, each, run)
    return command
  }
  verb.flags?.(command)
  return command.action(async (...given: unknown[]) => {
    const words = given.slice(0, -2)
    const { context } = run
    const act = (options: GlobalOptions) => {
      const writes = verb.writes?.(options) ?? false
      if (writes === true) context.workspace()
      return writes
        ? writeLocked(context, () => verb.run(context, words, options))
        : verb.run(context, words, options)
    }
    run.exit(await perform(context, command, act))
  })
}

/** Description and exit codes, as wide as the terminal. */
function notesOn(command: Command, { about, exits }: AnyVerb | VerbGroup): string {
  if (about === undefined) return ''
  const columns = command.configureOutput().getOutHelpWidth?.() ?? 80
  const help = command.createHelp()
  const part = (title: string, text: string) =>
    `\n${title}:\n${help.boxWrap(text, columns - 2).replace(/^/gm, '  ')}\n`
  const codes = [SHARED_EXITS, ...(exits === undefined ? [] : [exits])].join('; ')
  return `${part('About', about)}${part('Exit codes', codes)}`.trimEnd()
}
