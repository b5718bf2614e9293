import { type ChildProcess, execFileSync, spawn } from 'node:child_process'

export interface SessionOptions {
  directory: string
  env: Record<string, string | undefined>
}

/** One command as it was typed, and what the terminal showed until the next prompt. */
export interface Typed {
  command: string
  exitCode: number
  shown: string
}

/** How a shell can be given a terminal on this machine, or why it has none. */
export interface TerminalKind {
  kind: 'script' | 'python' | 'pipe'
  words: string[]
}

/** util-linux's script, else Python's pty: a package of its own would need a compiler. */
export function terminalHere(): TerminalKind {
  const shell = ['sh', '-i']
  if (works('script', ['--version'], /util-linux/))
    return { kind: 'script', words: ['script', '-qfec', shell.join(' '), '/dev/null'] }
  const spawning = `import pty; pty.spawn(${JSON.stringify(shell)})`
  if (works('python3', ['-c', 'import pty; print("has a pty")'], /has a pty/))
    return { kind: 'python', words: ['python3', '-c', spawning] }
  return { kind: 'pipe', words: shell }
}

function works(program: string, args: string[], expected: RegExp): boolean {
  try {
    return expected.test(
      execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  } catch {
    return false
  }
}

const PROMPT = /\[(\d+)\]newcomer> $/

/** An interactive shell that a person types into: a command goes in when the prompt for it is there. */
export class TerminalSession {
  readonly #child: ChildProcess
  #shown = ''
  #ended: string | null = null
  #wake: () => void = () => {}

  constructor({ words: [program = 'sh', ...args] }: TerminalKind, { directory, env }: SessionOptions) {
    this.#child = spawn(program, args, { cwd: directory, env, stdio: ['pipe', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#shown += text
        this.#wake()
      })
    }
    this.#child.on('close', code => {
      this.#ended = `the shell ended with ${code}`
      this.#wake()
    })
  }

  /** Sets a prompt that shows the exit code of the last command. Without job control a paused machine stops no job. */
  async open(): Promise<void> {
    await this.type("set +m; PS1='[$?]newcomer''> '; PS2=''")
  }

  async type(command: string): Promise<Typed> {
    this.#shown = ''
    this.#child.stdin?.write(`${command}\n`)
    while (!PROMPT.test(this.#shown)) {
      if (this.#ended !== null) throw new Error(`${this.#ended} after ${command}:\n${this.#shown}`)
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    const exitCode = Number(PROMPT.exec(this.#shown)?.[1])
    return { command, exitCode, shown: this.#shown.replace(PROMPT, '').replaceAll('\r', '') }
  }

  /** Ends the shell with whatever still runs in it. */
  async close(): Promise<void> {
    if (this.#ended !== null) return
    const closed = new Promise(resolve => this.#child.once('close', resolve))
    this.#child.kill('SIGKILL')
    await closed
  }
}

/** The commands of a shell text, each with its here-documents; comments and blank lines belong to none. */
export function commandsIn(text: string): string[] {
  const commands: string[] = []
  let open: { lines: string[]; end: string } | null = null
  for (const line of text.split('\n')) {
    if (open) {
      open.lines.push(line)
      if (line !== open.end) continue
      commands.push(open.lines.join('\n'))
      open = null
    } else if (/^\s*(?:#|$)/.test(line)) {
    } else {
      const end = /<<'?(\w+)'?/.exec(line)?.[1]
      if (end === undefined) commands.push(line)
      else open = { lines: [line], end }
    }
  }
  return commands
}
