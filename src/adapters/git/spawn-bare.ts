export interface BareStart {
  /** The program and its arguments. */
  words: [string, ...string[]]
  directory: string
  environment: NodeJS.ProcessEnv
  /** Open files that become its standard output and error. */
  files: [number, number]
  /** Called when it has ended, with its exit code. */
  ended(status: number): void
}

interface BareProcess {
  onexit: (status: number, signal: string) => void
  spawn(options: {
    file: string
    args: string[]
    cwd: string
    envPairs: string[]
    stdio: ({ type: 'ignore' } | { type: 'fd'; fd: number })[]
  }): number
  close(): void
}

type Binding = (name: 'process_wrap') => { Process: new () => BareProcess }

/**
 * Starts a program by what lies below `node:child_process`, which itself takes longer to load than a small program
 * takes to run. Only on Node 20, which will not change any more. Returns false when nothing was started, be it that
 * this is another Node, that it warns of what may go, or that there is no such program: then `node:child_process`
 * does it, or says why not.
 */
export function spawnBare({ words, directory, environment, files, ended }: BareStart): boolean {
  const { binding } = process as unknown as { binding?: Binding }
  if (!process.version.startsWith('v20.') || binding === undefined || process.platform === 'win32')
    return false
  if (process.execArgv.length > 0 || process.env.NODE_OPTIONS || process.env.NODE_PENDING_DEPRECATION)
    return false
  try {
    const child = new (binding.call(process, 'process_wrap').Process)()
    child.onexit = (status, signal) => {
      child.close()
      ended(signal ? 128 : status)
    }
    const failed = child.spawn({
      file: words[0],
      args: words,
      cwd: directory,
      envPairs: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      stdio: [{ type: 'ignore' }, ...files.map(fd => ({ type: 'fd' as const, fd }))],
    })
    if (failed !== 0) child.close()
    return failed === 0
  } catch {
    return false
  }
}
