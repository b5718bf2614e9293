import { Command, type Help } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { AnyVerb, VerbGroup } from '../commands/verb.ts'
import type { MachineFormat } from '../report/report.ts'
import { declareVerb } from './declare-verb.ts'
import { addGlobalOptions, EVERYWHERE } from './global-options.ts'
import { SHARED_EXITS, VERB_NOTES } from './verb-notes.ts'

/** Declares one verb on the program. `exit` receives the exit code of the run. */
export type AddCommand = (program: Command, context: Context, exit: (code: number) => void) => void

interface Verb {
  name: string
  summary: string
  /** For programs, not for people: no list shows it. */
  hidden?: boolean
  load(): Promise<AnyVerb | VerbGroup | AddCommand>
}

/** Every verb, in the order of a change's life; only the one that runs is loaded. */
const VERBS: Verb[] = [
  {
    name: 'init',
    summary: 'lay out openspec/ and linear.yaml',
    load: async () => (await import('../commands/init.ts')).addInit,
  },
  {
    name: 'new',
    summary: 'scaffold a change',
    load: async () => (await import('../commands/new.ts')).addNew,
  },
  {
    name: 'bind',
    summary: 'bind a change to a Linear issue',
    load: async () => (await import('../commands/bind.ts')).addBind,
  },
  {
    name: 'status',
    summary: 'where every change stands',
    load: async () => (await import('../commands/status.ts')).statusVerb,
  },
  {
    name: 'task',
    summary: 'list, check, uncheck or defer tasks',
    load: async () => (await import('../commands/task.ts')).taskVerb,
  },
  {
    name: 'figures',
    summary: 'measure figures, and hold texts to them',
    load: async () => (await import('../commands/figures/figures.ts')).addFigures,
  },
  {
    name: 'verify',
    summary: 'check changes and specs',
    load: async () => (await import('../commands/verify.ts')).verifyVerb,
  },
  {
    name: 'sync',
    summary: 'bring Linear and the ledger in step with the files',
    load: async () => (await import('../commands/sync.ts')).addSync,
  },
  {
    name: 'watch',
    summary: 'on every save: phase, verdict, and what sync would do',
    load: async () => (await import('../commands/watch.ts')).addWatch,
  },
  {
    name: 'review',
    summary: "record a person's decision",
    load: async () => (await import('../commands/review.ts')).addReview,
  },
  {
    name: 'archive',
    summary: 'fold the deltas into the main specs and file the change away',
    load: async () => (await import('../commands/archive.ts')).archiveVerb,
  },
  {
    name: 'cancel',
    summary: 'end a change without doing it',
    load: async () => (await import('../commands/cancel.ts')).addCancel,
  },
  {
    name: 'duplicate',
    summary: 'end a change as a duplicate',
    load: async () => (await import('../commands/duplicate.ts')).addDuplicate,
  },
  {
    name: 'reopen',
    summary: 'take an ended change back',
    load: async () => (await import('../commands/reopen.ts')).addReopen,
  },
  {
    name: 'ledger',
    summary: 'what happened, and what Linear is missing',
    load: async () => (await import('../commands/ledger.ts')).addLedger,
  },
  {
    name: 'merge-driver',
    summary: 'what git runs to merge ledgers and lock files',
    hidden: true,
    load: async () => (await import('../commands/merge-driver.ts')).addMergeDriver,
  },
  {
    name: 'doctor',
    summary: 'check files, credential, workspace and states',
    load: async () => (await import('../commands/doctor.ts')).addDoctor,
  },
  {
    name: 'explain',
    summary: 'what a finding or an error means and how to fix it',
    load: async () => (await import('../commands/explain.ts')).explainVerb,
  },
  {
    name: 'completion',
    summary: 'complete commands, change names, task ids and codes in your shell',
    load: async () => (await import('../commands/completion.ts')).addCompletion,
  },
  {
    name: 'local',
    summary: 'the embedded Linear',
    load: async () => (await import('../commands/local.ts')).addLocal,
  },
  {
    name: 'demo',
    summary: 'the whole story in a temporary directory',
    load: async () => (await import('../commands/demo.ts')).addDemo,
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
    .description('Keeps OpenSpec changes and their Linear issues in step, and checks the changes by rules.')
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
      '\nExample:\n  opsx demo          see the whole story on your machine, without an account\n  opsx status        where every change stands\n',
    )
  const wanted = verbOf(argv)
  const verb = VERBS.find(({ name }) => name === wanted)
  const loaded = await verb?.load()
  if (typeof loaded === 'function') loaded(program, context, exit)
  else if (loaded) declareVerb(program, loaded, { context, exit })
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

/** What only this command takes stands before what all of them take. */
const ownOptionsFirst: Help['groupItems'] = (_, visible, groupOf) => {
  const groups = new Map<string, typeof visible>()
  for (const item of visible) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item])
  return new Map(
    [...groups].sort(([one], [other]) => Number(one === EVERYWHERE) - Number(other === EVERYWHERE)),
  )
}

interface Declaration {
  usage: string
  summary: string
  example: string
  /** Besides text and JSON. */
  formats?: readonly MachineFormat[]
  /** It makes sense in each of several roots. */
  roots?: boolean
}

/** A verb with its flags and an example, the way every verb declares itself. */
export function addVerb(program: Command, declaration: Declaration): Command {
  const command = program.command(declaration.usage).description(declaration.summary)
  if (declaration.roots)
    command.option('--all-roots', 'in every openspec/ of the git repository, one after the other')
  return addGlobalOptions(command, declaration.formats)
    .addHelpText('after', () => notesOn(command))
    .addHelpText('after', `\nExample:\n${declaration.example.replace(/^/gm, '  ')}\n`)
}

/** Description and exit codes, as wide as the terminal. */
function notesOn(command: Command): string {
  const notes = VERB_NOTES[command.name()]
  if (!notes) return ''
  const columns = command.configureOutput().getOutHelpWidth?.() ?? 80
  const help = command.createHelp()
  const part = (title: string, text: string) =>
    `\n${title}:\n${help.boxWrap(text, columns - 2).replace(/^/gm, '  ')}\n`
  const exits = [SHARED_EXITS, ...(notes.exits ? [notes.exits] : [])].join('; ')
  return `${part('About', notes.about)}${part('Exit codes', exits)}`.trimEnd()
}
