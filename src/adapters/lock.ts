import * as fs from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf, OpsxError, reasonOf } from '../errors.ts'
import type { Holder, RunLock } from '../ports/lock.ts'
import { isStale, newHolder, readHolder } from './lock/holder.ts'
import { createStateFile } from './lock/state-file.ts'

/** An archive takes about a second, so a run that has the lock for a minute probably hangs. */
const LONGEST_WAIT_MS = 60_000
const BETWEEN_TRIES_MS = 50

/**
 * One run at a time per `directory`: git's common directory, or a directory of the user without git. `worktree` is git's
 * directory of this working tree. Both are outside what a clone contains.
 * The lock is `<directory>/.opsx/lock`, JSON, created exclusively. It is stale in three cases: its process on this host
 * has ended, the pid belongs to another process now, or another host created the lock over 24 hours ago.
 * Throws OpsxError LOCKED, or FILE_NOT_WRITTEN when the directory cannot be written.
 */
export function createRunLock(directory: string, worktree = directory): RunLock {
  const folder = join(directory, '.opsx')
  function acquire(): () => void {
    const mine = newHolder()
    try {
      prepareFolder(folder)
      claim(folder, mine)
    } catch (error) {
      throw error instanceof OpsxError ? error : notWritten(folder, error)
    }
    return releaser(folder, mine)
  }
  const journal = createStateFile(join(worktree, '.opsx', 'archive.json'))
  return { acquire, wait: () => acquireInTime(acquire), journal, self: newHolder, isStale }
}

async function acquireInTime(acquire: () => () => void): Promise<() => void> {
  const last = Date.now() + LONGEST_WAIT_MS
  for (;;) {
    try {
      return acquire()
    } catch (error) {
      const held = error instanceof OpsxError && error.code === 'LOCKED'
      if (!held || Date.now() > last) throw error
    }
    await delay(BETWEEN_TRIES_MS)
  }
}

function prepareFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true })
  const ignore = join(folder, '.gitignore')
  if (!fs.existsSync(ignore)) fs.writeFileSync(ignore, '*\n')
}

/**
 * Takes the lock, also from a stale holder. A stale lock is not removed, because two processes could then both create a
 * new one. Instead its token gives the name of a successor file, which only one process can create. That process renames
 * its file to `lock`. A process that read the chain too late finds other tokens in it afterwards, and starts again.
 */
function claim(folder: string, mine: Holder): void {
  for (;;) {
    const chain: { path: string; token: string }[] = []
    let path = join(folder, 'lock')
    while (!create(path, mine)) {
      const holder = readHolder(path)
      if (holder === undefined) continue
      if (!isStale(holder)) throw locked(folder, holder)
      chain.push({ path, token: holder.token })
      path = join(folder, `lock.${holder.token}`)
    }
    if (chain.every(link => readHolder(link.path)?.token === link.token)) {
      const [first, ...rest] = chain
      if (first !== undefined) fs.renameSync(path, first.path)
      for (const link of rest) fs.rmSync(link.path, { force: true })
      return
    }
    fs.rmSync(path, { force: true })
  }
}

/** False when the file exists already. A reader may see it empty for a moment; `readHolder` handles that. */
function create(path: string, mine: Holder): boolean {
  try {
    fs.writeFileSync(path, `${JSON.stringify(mine)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function releaser(folder: string, mine: Holder): () => void {
  const path = join(folder, 'lock')
  const release = () => {
    process.removeListener('exit', release)
    try {
      if (readHolder(path)?.token === mine.token) fs.rmSync(path, { force: true })
    } catch {
      // A lock that cannot be removed is stale as soon as this process ends.
    }
  }
  process.on('exit', release)
  return release
}

function locked(folder: string, holder: Holder): OpsxError {
  const who = holder.pid === 0 ? 'an unknown process' : `pid ${holder.pid} on ${holder.host}`
  return new OpsxError('LOCKED', `Another opsx run has the lock: ${who}, since ${holder.since}.`, {
    hint: `Run again when it has ended. If it no longer runs, delete ${join(folder, 'lock')}.`,
  })
}

function notWritten(folder: string, error: unknown): OpsxError {
  return new OpsxError('FILE_NOT_WRITTEN', `The lock in ${folder} was not written: ${reasonOf(error)}.`, {
    hint: 'Check that you have permission to write there.',
    cause: error,
  })
}
