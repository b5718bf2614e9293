import * as fs from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { OpsxError } from '../errors.ts'
import type { Holder, RunLock } from '../ports/lock.ts'
import { codeOf, isStale, newHolder, readHolder } from './lock/holder.ts'

/** An archive takes a second; whoever waits longer waits for something that hangs. */
const LONGEST_WAIT_MS = 60_000
const BETWEEN_TRIES_MS = 50

/**
 * One run at a time per `directory`: git's common directory, or the workspace root without git.
 * The lock is `<directory>/.opsx/lock`, JSON, created exclusively. It is stale when its process on this host is gone
 * (or the pid now belongs to another process), or when another host left it over 24 hours ago.
 * Throws OpsxError LOCKED, or FILE_NOT_WRITTEN when the directory cannot be written.
 */
export function createRunLock(directory: string): RunLock {
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
  return { acquire, wait: () => acquireInTime(acquire), self: newHolder, isStale }
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
 * A stale lock is never removed, it is succeeded: its token names the one file its successor must create, so two
 * stealers cannot both win. The winner then renames its file over `lock`. Whoever arrives late and creates a
 * successor of a lock that is already replaced sees that the chain no longer begins where it did, and starts again.
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

/** False when the file is already there. Linked into place so that no reader meets a half-written lock. */
function create(path: string, mine: Holder): boolean {
  const text = `${JSON.stringify(mine)}\n`
  const temporary = `${path}.${mine.token}.tmp`
  fs.writeFileSync(temporary, text)
  try {
    fs.linkSync(temporary, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    return createWithoutLink(path, text)
  } finally {
    fs.rmSync(temporary, { force: true })
  }
}

/** For file systems without hard links. */
function createWithoutLink(path: string, text: string): boolean {
  try {
    fs.writeFileSync(path, text, { flag: 'wx' })
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
  const who = holder.pid === 0 ? 'an unnamed process' : `pid ${holder.pid} on ${holder.host}`
  return new OpsxError('LOCKED', `Another opsx run holds the lock: ${who}, since ${holder.since}.`, {
    hint: `Run again when it has ended; if it no longer runs, delete ${join(folder, 'lock')}.`,
  })
}

function notWritten(folder: string, error: unknown): OpsxError {
  const reason = error instanceof Error ? error.message : String(error)
  return new OpsxError('FILE_NOT_WRITTEN', `the lock in ${folder} was not written: ${reason}`, {
    hint: 'Check that you may write there.',
    cause: error,
  })
}
