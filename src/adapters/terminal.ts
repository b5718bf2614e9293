import { OpsxError } from '../errors.ts'
import type { Terminal } from '../ports/terminal.ts'

export interface TerminalProcess {
  env: Record<string, string | undefined>
  stdout: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  stdin: NodeJS.ReadableStream & { isTTY?: boolean }
}

/** Environments of coding agents, which no person watches. */
const AGENTS = ['CLAUDECODE', 'CURSOR_AGENT', 'CODEX_SANDBOX', 'GEMINI_CLI', 'AIDER', 'OPENCODE']

/**
 * The terminal of a process: color only on a terminal, prompts only where a person can answer. Standard
 * input and error are opened when used, because Node takes milliseconds to set one up.
 */
export function createTerminal(process: TerminalProcess): Terminal {
  const { env, stdout } = process
  const watched = stdout.isTTY === true
  let drawn = false
  const clear = () => {
    if (drawn) process.stderr.write('\r\u001b[2K')
    drawn = false
  }
  return {
    columns: stdout.columns || Number(env.COLUMNS) || 80,
    color: env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : watched && env.TERM !== 'dumb',
    unicode: !isAsciiOnly(env),
    get interactive() {
      const attended = !env.CI && !env.OPSX_NONINTERACTIVE && !AGENTS.some(name => env[name])
      return watched && attended && process.stdin.isTTY === true
    },
    out(text) {
      clear()
      stdout.write(text)
    },
    err(text) {
      clear()
      process.stderr.write(text)
    },
    progress(text) {
      clear()
      if (text === '') return
      const { stderr } = process
      if (stderr.isTTY !== true) return
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1))
      drawn = true
    },
    ask(question) {
      const { stdin, stderr } = process
      if (stdin.isTTY !== true)
        return Promise.reject(new OpsxError('PROMPT_REFUSED', `Nobody can answer: ${question}`))
      return askOn(stdin, stderr as NodeJS.WritableStream, question)
    },
  }
}

async function askOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<string> {
  const { createInterface } = await import('node:readline')
  const reader = createInterface({ input, output })
  return new Promise(resolve => {
    reader.question(question, answer => {
      reader.close()
      resolve(answer.trim())
    })
  })
}

function isAsciiOnly(env: Record<string, string | undefined>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  return locale !== '' && !/utf-?8/i.test(locale)
}
