import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { State } from './records.ts'

const LOCK_WAIT_MS = 5
const LOCK_TIMEOUT_MS = 10_000
/** A write takes milliseconds, so the process that created an older lock has crashed. */
const LOCK_STALE_MS = 5_000

/** The state on disk. All processes that serve the same workspace share it. */
export class StateFile {
  readonly path: string
  #stamp = ''

  constructor(path: string) {
    this.path = path
  }

  /** The state, when the file changed since this process read or wrote it. Undefined otherwise, and without a file. */
  readChanged(): State | undefined {
    const stamp = this.#stampOf()
    if (stamp === '' || stamp === this.#stamp) return undefined
    const state = JSON.parse(readFileSync(this.path, 'utf8')) as State
    if (state.version !== 1) throw new Error(`Another version of the embedded Linear wrote ${this.path}.`)
    this.#stamp = stamp
    state.documentComments ??= []
    return state
  }

  write(state: State): void {
    const temporary = `${this.path}.${process.pid}.tmp`
    writeFileSync(temporary, `${JSON.stringify(state)}\n`)
    renameSync(temporary, this.path)
    this.#stamp = this.#stampOf()
  }

  /** Makes the next read load the file. Needed when the state in memory differs from the file. */
  forget(): void {
    this.#stamp = ''
  }

  /** Runs `work` while no other process writes. Blocks until the lock is free. */
  locked<T>(work: () => T): T {
    mkdirSync(dirname(this.path), { recursive: true })
    const lock = `${this.path}.lock`
    const deadline = Date.now() + LOCK_TIMEOUT_MS
    while (!takeLock(lock)) {
      if (Date.now() > deadline)
        throw new Error(`Another process has the lock ${lock}. If no opsx runs, delete the file.`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_WAIT_MS)
    }
    try {
      return work()
    } finally {
      rmSync(lock, { force: true })
    }
  }

  #stampOf(): string {
    const stat = statSync(this.path, { bigint: true, throwIfNoEntry: false })
    return stat ? `${stat.ino} ${stat.mtimeNs} ${stat.size}` : ''
  }
}

function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (isStale(lock)) breakLock(lock)
    return false
  }
}

function isStale(lock: string): boolean {
  const stat = statSync(lock, { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs > LOCK_STALE_MS
}

/** Only one process at a time removes a stale lock. It checks again first, because the lock may be a new one. */
function breakLock(lock: string): void {
  const breaking = `${lock}.breaking`
  try {
    closeSync(openSync(breaking, 'wx'))
  } catch {
    return
  }
  if (isStale(lock)) rmSync(lock, { force: true })
  rmSync(breaking, { force: true })
}
