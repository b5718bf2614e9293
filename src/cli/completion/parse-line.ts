import type { Argument, Command, Option } from 'commander'

/** The position of the cursor on an unfinished command line. */
export interface CursorPlace {
  /** The command that the words before the cursor name. */
  command: Command
  /** Its arguments so far. */
  given: string[]
  /** The flag whose value is being typed; null for none. */
  flag: Option | null
  /** The part of the current word before the cursor; may be empty. */
  current: string
  /** Value of `-C`; null without one. */
  cwd: string | null
}

/** `words` are those after `opsx`, up to and including the unfinished one. */
export function parseLine(program: Command, words: string[]): CursorPlace {
  const before = splitAssignments(words)
  const current = before.pop() ?? ''
  const place: CursorPlace = { command: program, given: [], flag: null, current, cwd: null }
  for (const word of before) {
    const { flag } = place
    if (flag) {
      if (flag.long === '--cwd') place.cwd = word
      place.flag = null
    } else if (word.startsWith('-')) place.flag = valuedOption(place.command, word)
    else place.command = subcommand(place, word)
  }
  return place
}

/** bash passes `--format=json` as three words, other shells as one. */
function splitAssignments(words: string[]): string[] {
  const parts = words.flatMap(word => {
    const assigned = /^(--[\w-]+)=(.*)$/s.exec(word)
    return assigned ? [assigned[1] ?? '', assigned[2] ?? ''] : [word]
  })
  const last = parts.length - 1
  return parts.flatMap((word, index) => {
    if (word !== '=' || !parts[index - 1]?.startsWith('--')) return [word]
    return index === last ? [''] : []
  })
}

function valuedOption(command: Command, word: string): Option | null {
  for (let at: Command | null = command; at; at = at.parent) {
    const option = at.options.find(({ long, short }) => word === long || word === short)
    if (option) return option.required || option.argChoices ? option : null
  }
  return null
}

/** A word that is not the name of a subcommand is an argument. */
function subcommand(place: CursorPlace, word: string): Command {
  const below = place.given.length === 0 && place.command.commands.find(each => each.name() === word)
  if (below) return below
  place.given.push(word)
  return place.command
}

/** The argument at the cursor; undefined after the last one. */
export function argumentAt({ command, given }: Pick<CursorPlace, 'command' | 'given'>): Argument | undefined {
  const all = command.registeredArguments
  const last = all.at(-1)
  return all[given.length] ?? (last?.variadic ? last : undefined)
}
