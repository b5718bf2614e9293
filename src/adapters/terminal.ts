import { EXIT, OpsxError, reasonOf } from '../errors.ts'
import type { Terminal } from '../ports/terminal.ts'

interface Output {
  write(text: string | Uint8Array): unknown
  isTTY?: boolean
  columns?: number
}

export interface TerminalProcess {
  env: Record<string, string | undefined>
  stdout: Output
  stderr: Output
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
}

/** Variables that coding agents set. No user watches a command that an agent runs. */
const AGENTS = ['CLAUDECODE', 'CURSOR_AGENT', 'CODEX_SANDBOX', 'GEMINI_CLI', 'AIDER', 'OPENCODE']

/**
 * The terminal of a process: color only on a terminal, questions only where a user can answer. Standard input and error
 * are read from `from` when they are used, because Node needs milliseconds to open each.
 */
export function createTerminal(from: TerminalProcess): Terminal {
  const { env, stdout } = from
  const watched = stdout.isTTY === true
  if (from === process) process.stdout.on('error', endOfOutput)
  let drawn = false
  let listens = false
  /** A closed or full standard error does not end the run: the result is on standard output. */
  const errors = () => {
    if (from === process && !listens) process.stderr.on('error', () => {})
    listens = true
    return from.stderr
  }
  const clear = () => {
    if (drawn) from.stderr.write('\r\u001b[2K')
    drawn = false
  }
  return {
    columns: stdout.columns || Number(env.COLUMNS) || 80,
    color: env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : watched && env.TERM !== 'dumb',
    unicode: !isAsciiOnly(env),
    get interactive() {
      const attended = !env.CI && !env.OPSX_NONINTERACTIVE && !AGENTS.some(name => env[name])
      return watched && attended && from.stdin.isTTY === true
    },
    out(text) {
      clear()
      stdout.write(text)
    },
    err(text) {
      clear()
      errors().write(text)
    },
    progress(text) {
      clear()
      if (text === '') return
      const { stderr } = from
      if (stderr.isTTY !== true) return
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1))
      drawn = true
    },
    async ask(question) {
      const { stdin, stderr } = from
      if (stdin.isTTY !== true)
        throw new OpsxError('PROMPT_REFUSED', `There is no terminal to ask: ${question}`)
      const { createInterface } = await import('node:readline/promises')
      const reader = createInterface({ input: stdin, output: stderr as NodeJS.WritableStream })
      try {
        return (await reader.question(question)).trim()
      } finally {
        reader.close()
      }
    },
  }
}

/** The reader of a pipe may end early, as `head` does. On a full disk, nothing more can be reported there. */
function endOfOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return
  process.stderr.on('error', () => {})
  process.stderr.write(`Standard output cannot be written: ${reasonOf(error)}.\n`)
  process.exit(EXIT.output)
}

function isAsciiOnly(env: Record<string, string | undefined>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  return locale !== '' && !/utf-?8/i.test(locale)
}
