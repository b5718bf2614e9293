import { Command, type Help } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { AnyVerb, VerbGroup } from '../commands/verb.ts'
import { declareVerb } from './declare-verb.ts'
import { addGlobalOptions, EVERYWHERE } from './global-options.ts'

interface Verb {
  name: string
  summary: string
  /** Not shown in the list of commands. */
  hidden?: boolean
  load(): Promise<AnyVerb | VerbGroup>
}

/** Every verb, in the order of a change's life; only the one that runs is loaded. */
const VERBS: Verb[] = [
  {
    name: 'init',
    summary: 'create openspec/ and linear.yaml',
    load: async () => (await import('../commands/init.ts')).initVerb,
  },
  {
    name: 'new',
    summary: 'create a change from templates',
    load: async () => (await import('../commands/new.ts')).newVerb,
  },
  {
    name: 'bind',
    summary: 'bind a change to a Linear issue',
    load: async () => (await import('../commands/bind.ts')).bindVerb,
  },
  {
    name: 'status',
    summary: 'show phase, issue and tasks of every change',
    load: async () => (await import('../commands/status.ts')).statusVerb,
  },
  {
    name: 'task',
    summary: 'list, check, uncheck or defer tasks',
    load: async () => (await import('../commands/task.ts')).taskVerb,
  },
  {
    name: 'figures',
    summary: 'measure figures, and compare texts with them',
    load: async () => (await import('../commands/figures/figures.ts')).figuresVerb,
  },
  {
    name: 'verify',
    summary: 'check changes and specs',
    load: async () => (await import('../commands/verify.ts')).verifyVerb,
  },
  {
    name: 'sync',
    summary: 'update Linear and the ledger from the files',
    load: async () => (await import('../commands/sync.ts')).syncVerb,
  },
  {
    name: 'watch',
    summary: 'on every save: phase, decision, and what sync would do',
    load: async () => (await import('../commands/watch.ts')).watchVerb,
  },
  {
    name: 'review',
    summary: 'approve or reject a verified change',
    load: async () => (await import('../commands/review.ts')).reviewVerb,
  },
  {
    name: 'archive',
    summary: 'merge the delta specs into the main specs and archive the change',
    load: async () => (await import('../commands/archive.ts')).archiveVerb,
  },
  {
    name: 'cancel',
    summary: 'end a change without finishing it',
    load: async () => (await import('../commands/cancel.ts')).cancelVerb,
  },
  {
    name: 'duplicate',
    summary: 'end a change as a duplicate',
    load: async () => (await import('../commands/duplicate.ts')).duplicateVerb,
  },
  {
    name: 'reopen',
    summary: 'reopen an ended change',
    load: async () => (await import('../commands/reopen.ts')).reopenVerb,
  },
  {
    name: 'ledger',
    summary: 'what happened, and what Linear is missing',
    load: async () => (await import('../commands/ledger.ts')).ledgerVerb,
  },
  {
    name: 'merge-driver',
    summary: 'merge a ledger or lock file for git',
    hidden: true,
    load: async () => (await import('../commands/merge-driver.ts')).mergeDriverVerb,
  },
  {
    name: 'doctor',
    summary: 'check files, git, API key, workspace and teams',
    load: async () => (await import('../commands/doctor.ts')).doctorVerb,
  },
  {
    name: 'explain',
    summary: 'what a finding or an error means and how to fix it',
    load: async () => (await import('../commands/explain.ts')).explainVerb,
  },
  {
    name: 'completion',
    summary: 'complete commands, change names, task ids and codes in your shell',
    load: async () => (await import('../commands/completion.ts')).completionVerb,
  },
  {
    name: 'local',
    summary: 'the embedded Linear',
    load: async () => (await import('../commands/local.ts')).localVerb,
  },
  {
    name: 'demo',
    summary: 'one change from proposal to Done, in a temporary directory',
    load: async () => {
      const [{ demoVerb }, { runStory }] = await Promise.all([
        import('../commands/demo.ts'),
        import('../demo/run-story.ts'),
      ])
      return demoVerb(runStory)
    },
  },
]

/** Flags whose next word is a value, so that it is not taken for a verb. */
const VALUED = new Set(['-C', '--cwd', '--format', '--output'])

/** The program with the one verb that `argv` names, in full; else with all of them, by name and summary. */
export async function createProgram(
  context: Context,
  argv: string[],
  exit: (code: number) => void,
): Promise<Command> {
  const program = addGlobalOptions(new Command('opsx'))
    .description('Checks OpenSpec changes and keeps their Linear issues up to date.')
    .version(context.version, '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: text => context.terminal.out(text),
      writeErr: text => context.terminal.err(text),
      getOutHelpWidth: () => context.terminal.columns,
      getErrHelpWidth: () => context.terminal.columns,
      getOutHasColors: () => context.terminal.color,
      getErrHasColors: () => context.terminal.color,
    })
    .configureHelp({ showGlobalOptions: false, groupItems: ownOptionsFirst })
    .addHelpText(
      'after',
      '\nExample:\n  opsx demo          see one change from proposal to Done, without an account\n  opsx status        show phase, issue and tasks of every change\n',
    )
  const wanted = verbOf(argv)
  const verb = VERBS.find(({ name }) => name === wanted)
  const loaded = await verb?.load()
  if (loaded) declareVerb(program, loaded, { context, exit })
  else
    for (const { name, summary, hidden = false } of VERBS)
      program.command(name, { hidden }).description(summary)
  return program
}

/** `opsx help VERB` needs that verb's flags as well. */
function verbOf(argv: string[]): string | undefined {
  const words = argv.slice(2)
  return words.find((word, index) => {
    if (word.startsWith('-') || word === 'help') return false
    return !VALUED.has(words[index - 1] ?? '')
  })
}

/** The command's own options come before those of every command. */
const ownOptionsFirst: Help['groupItems'] = (_, visible, groupOf) => {
  const groups = new Map<string, typeof visible>()
  for (const item of visible) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item])
  return new Map(
    [...groups].sort(([one], [other]) => Number(one === EVERYWHERE) - Number(other === EVERYWHERE)),
  )
}
