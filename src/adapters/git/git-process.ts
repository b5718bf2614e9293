import { spawn } from 'node:child_process'

export interface GitOutput {
  status: number
  stdout: Buffer
  stderr: string
}

/** No hook of the user, no watcher, no signature check and no repacking runs on our behalf; paths are literal. */
const SETTINGS = [
  '--literal-pathspecs',
  '-c',
  'core.quotepath=off',
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${process.platform === 'win32' ? 'NUL' : '/dev/null'}`,
  '-c',
  'log.showSignature=false',
  '-c',
  'i18n.commitEncoding=UTF-8',
  '-c',
  'user.useConfigOnly=true',
  '-c',
  'gc.auto=0',
]

/** What a hook of git sets for its children; it would point us at another index or repository. */
const HOOK_VARIABLES = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_EXTERNAL_DIFF',
]

export function gitWords(args: string[]): string[] {
  return [...SETTINGS, ...args]
}

/** The environment of every git that opsx starts. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env }
  for (const name of HOOK_VARIABLES) delete environment[name]
  return Object.assign(environment, {
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  })
}

export interface GitStart {
  directory: string
  args: string[]
  environment: NodeJS.ProcessEnv
}

/** Runs git while this process goes on. Never rejects: resolves to an error when git cannot be started. */
export function startGit(start: GitStart): Promise<GitOutput | Error> {
  return new Promise<GitOutput>((resolve, reject) => follow(start, resolve, reject)).catch(error => error)
}

function follow(
  { directory, args, environment }: GitStart,
  resolve: (output: GitOutput) => void,
  reject: (error: Error) => void,
): void {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  const child = spawn('git', gitWords(args), {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  child.on('error', reject)
  child.stdout?.on('data', chunk => stdout.push(chunk))
  child.stderr?.on('data', chunk => stderr.push(chunk))
  child.on('close', status => {
    const text = Buffer.concat(stderr).toString('utf8')
    resolve({ status: status ?? 128, stdout: Buffer.concat(stdout), stderr: text })
  })
}
