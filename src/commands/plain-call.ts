import { MACHINE_FORMATS } from '../report/report.ts'
import { FORMATS } from './perform-with.ts'

/** A command line of one of the verbs that must start fast. */
export interface PlainCall {
  verb: 'status' | 'verify' | 'archive'
  names: string[]
  options: Record<string, string | boolean>
}

interface Flag {
  key: string
  /** What it is followed by: any word, or one of these. */
  takes?: 'word' | readonly string[]
  /** What it means when it is followed by nothing; true unless said. */
  means?: false
}

interface Verb {
  /** How many names it takes, at least and at most. */
  names: [number, number]
  flags: Record<string, Flag>
}

const EVERYWHERE: Record<string, Flag> = {
  '-C': { key: 'cwd', takes: 'word' },
  '--cwd': { key: 'cwd', takes: 'word' },
  '--json': { key: 'json' },
  '--output': { key: 'output', takes: 'word' },
  '-q': { key: 'quiet' },
  '--quiet': { key: 'quiet' },
  '-v': { key: 'verbose' },
  '--verbose': { key: 'verbose' },
  '--no-color': { key: 'color', means: false },
  '--offline': { key: 'offline' },
  '--strict': { key: 'strict' },
  '-y': { key: 'yes' },
  '--yes': { key: 'yes' },
}

const VERBS: Record<string, Verb> = {
  status: {
    names: [0, 1],
    flags: {
      ...EVERYWHERE,
      '--format': { key: 'format', takes: FORMATS },
      '--archived': { key: 'archived' },
      '--remote': { key: 'remote' },
    },
  },
  verify: {
    names: [0, Number.POSITIVE_INFINITY],
    flags: {
      ...EVERYWHERE,
      '--format': { key: 'format', takes: [...FORMATS, ...MACHINE_FORMATS] },
      '--all': { key: 'all' },
      '--archived': { key: 'archived' },
      '--write': { key: 'write' },
      '--no-cache': { key: 'cache', means: false },
      '--against': { key: 'against', takes: 'word' },
      '--fail-on': { key: 'failOn', takes: ['critical', 'warning', 'suggestion'] },
    },
  },
  archive: {
    names: [1, 1],
    flags: {
      ...EVERYWHERE,
      '--format': { key: 'format', takes: FORMATS },
      '--dry-run': { key: 'dryRun' },
      '--allow-stale': { key: 'allowStale' },
    },
  },
}

/**
 * Reads the command lines that need no library to be understood, because loading one takes as long as the command
 * itself. Undefined for every other: another verb, a request for help, an unusual spelling, a mistake.
 */
export function readPlainCall(argv: string[]): PlainCall | undefined {
  const [name = '', ...words] = argv.slice(2)
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (!verb) return undefined
  const call: PlainCall = { verb: name as PlainCall['verb'], names: [], options: {} }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const flag = Object.hasOwn(verb.flags, word) ? verb.flags[word] : undefined
    if (flag?.takes) {
      const value = words.shift()
      if (!isPlain(value) || (flag.takes !== 'word' && !flag.takes.includes(value))) return undefined
      call.options[flag.key] = value
    } else if (flag) call.options[flag.key] = flag.means ?? true
    else if (isPlain(word)) call.names.push(word)
    else return undefined
  }
  const [least, most] = verb.names
  return call.names.length >= least && call.names.length <= most ? call : undefined
}

function isPlain(word: string | undefined): word is string {
  return word !== undefined && word !== '' && !word.startsWith('-') && word !== 'help'
}
