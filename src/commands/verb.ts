import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { MachineFormat, Report } from '../report/report.ts'

/** Flags that every command takes, before or after its name. */
export interface GlobalOptions {
  json?: boolean
  format?: string
  output?: string
  cwd?: string
  quiet?: boolean
  verbose?: boolean
  color?: boolean
  offline?: boolean
  strict?: boolean
  yes?: boolean
  /** Only for commands with `roots`. */
  allRoots?: boolean
}

interface Declaration {
  /** Name and arguments in commander's notation, such as `verify [change...]`. */
  usage: string
  /** One line of the command list. */
  summary: string
  /** The "About" part of the help: what the command reads, writes and asks. */
  about?: string
  /** The exit codes besides those that every command has. */
  exits?: string
  /** One or more command lines. */
  example: string
}

/** A command: how it is called and what it does. `cli/` declares it to commander and prints its report. */
export interface Verb<Words extends unknown[] = [], Options extends object = object> extends Declaration {
  /** Output formats besides text and JSON. */
  formats?: readonly MachineFormat[]
  /** Offers `--all-roots`. */
  roots?: boolean
  /**
   * Whether it writes files with these options, so that it runs under the lock and again when a file changed meanwhile.
   * A command that takes the lock itself has none. `directory` works without an `openspec/`.
   */
  writes?(options: Options & GlobalOptions): boolean | 'directory'
  /** Leaves it out of the list of commands. */
  hidden?: boolean
  /** Declares flags, and arguments that `usage` cannot express. */
  flags?(command: Command): unknown
  /** `words` are the arguments in the order of `usage`: a string, undefined for a missing one, an array for `...`. */
  run(context: Context, words: Words, options: Options & GlobalOptions): Report | Promise<Report>
}

/** A command that only holds other commands, such as `opsx task`. */
export interface VerbGroup extends Declaration {
  verbs: AnyVerb[]
}

// biome-ignore lint/suspicious/noExplicitAny: the words and options of a verb matter only to the verb itself
export type AnyVerb = Verb<any, any>
