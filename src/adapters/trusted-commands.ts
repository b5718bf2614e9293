import { createHash, randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod/mini'
import { OpsxError, reasonOf } from '../errors.ts'
import type { TrustedCommands } from '../ports/shell.ts'

/**
 * One file per repository under `$XDG_STATE_HOME/opsx/trusted`, else `~/.local/state/opsx/trusted`, on Windows below
 * `%LOCALAPPDATA%`. Each clone has its own file. Without a readable file, no command is accepted.
 */
export function createTrustedCommands(
  root: string,
  env: Record<string, string | undefined>,
): TrustedCommands {
  const repository = realPathOf(root)
  const directory = join(stateDirectory(env), 'opsx', 'trusted')
  const file = join(directory, `${nameOf(repository)}.json`)
  return {
    has: digest => readDigests(file, repository).includes(digest),
    add(digests) {
      const known = readDigests(file, repository)
      const commands = [...new Set([...known, ...digests])].sort()
      if (commands.length === known.length) return
      try {
        fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
        replace(file, `${JSON.stringify({ repository, commands }, null, 2)}\n`)
      } catch (cause) {
        throw new OpsxError('FILE_NOT_WRITTEN', `${file} was not written: ${reasonOf(cause)}.`, {
          hint: 'Set XDG_STATE_HOME to a directory that you can write to.',
          cause,
        })
      }
    },
  }
}

/** Where the lock and the journal of a directory are that is in no git repository. */
export function stateWithoutGit(root: string, env: Record<string, string | undefined>): string {
  return join(stateDirectory(env), 'opsx', 'directories', nameOf(realPathOf(root)))
}

function nameOf(repository: string): string {
  return createHash('sha256').update(repository).digest('hex').slice(0, 32)
}

/** Relative paths are ignored, as the XDG Base Directory Specification requires. */
function stateDirectory(env: Record<string, string | undefined>): string {
  const given = [env.XDG_STATE_HOME, process.platform === 'win32' ? env.LOCALAPPDATA : undefined]
  const state = given.find(path => path !== undefined && isAbsolute(path))
  return state ?? join(env.HOME && isAbsolute(env.HOME) ? env.HOME : homedir(), '.local', 'state')
}

const TRUSTED_FILE = z.object({ repository: z.string(), commands: z.array(z.string()) })

function readDigests(file: string, repository: string): string[] {
  try {
    const trusted = TRUSTED_FILE.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
    return trusted.repository === repository ? trusted.commands : []
  } catch {
    return []
  }
}

function replace(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  try {
    fs.writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
    fs.renameSync(temporary, file)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

function realPathOf(root: string): string {
  try {
    return fs.realpathSync.native(root)
  } catch {
    return root
  }
}
