import { spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type GitOutput, type GitStart, gitWords, startGit } from './git-process.ts'
import { type BareStart, spawnBare } from './spawn-bare.ts'

/**
 * As `startGit`, but git prints into nameless temporary files, which are read when it has ended: setting up two pipes
 * and Node's streams over them takes longer than git does. Where there can be no such files, and on Windows, there are
 * pipes. A full disk looks like a git that failed.
 */
export function startGitIntoFiles(start: GitStart): Promise<GitOutput | Error> {
  const files = openNameless()
  if (files === undefined) return startGit(start)
  return new Promise(resolve => {
    const ended = (status: number | null) => {
      const [stdout = Buffer.alloc(0), stderr = Buffer.alloc(0)] = files.map(readAndClose)
      resolve({ status: status ?? 128, stdout, stderr: stderr.toString('utf8') })
    }
    const { directory, environment } = start
    const words: BareStart['words'] = ['git', ...gitWords(start.args)]
    if (spawnBare({ words, directory, environment, files, ended })) return
    const child = spawn('git', words.slice(1), {
      cwd: directory,
      env: environment,
      stdio: ['ignore', ...files],
    })
    child.on('error', error => {
      files.map(readAndClose)
      resolve(error)
    })
    child.on('exit', ended)
  })
}

function openNameless(): [number, number] | undefined {
  if (process.platform === 'win32') return undefined
  const files: number[] = []
  try {
    return [nameless(files), nameless(files)]
  } catch {
    for (const file of files) closeSync(file)
    return undefined
  }
}

/** Opens one, and notes it before anything else can fail. */
function nameless(files: number[]): number {
  const name = `opsx-${process.pid}-${Math.random().toString(36).slice(2)}`
  const path = join(process.env.TMPDIR || '/tmp', name)
  const file = openSync(path, 'wx+', 0o600)
  files.push(file)
  unlinkSync(path)
  return file
}

function readAndClose(file: number): Buffer {
  const bytes = Buffer.allocUnsafe(fstatSync(file).size)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, length)
  }
  closeSync(file)
  return bytes.subarray(0, length)
}
