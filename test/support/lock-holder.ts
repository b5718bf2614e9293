/**
 * A process for lock tests, bundled before it runs: `<directory>` takes the lock, prints `held` and waits;
 * `<directory> <rounds>` takes the lock so often, each time from a predecessor that seems to have died, and prints
 * how often another process held it at the same time.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRunLock } from '../../src/adapters/lock.ts'

const [directory = '.', rounds] = process.argv.slice(2)
const lock = createRunLock(directory)
const file = join(directory, '.opsx', 'lock')

if (rounds === undefined) {
  lock.acquire()
  process.stdout.write('held\n')
  process.stdin.resume()
} else {
  process.stdout.write(`${clashesOf(Number(rounds))}\n`)
}

function clashesOf(wanted: number): number {
  let clashes = 0
  for (let held = 0; held < wanted; ) {
    const release = acquire()
    if (release === undefined) continue
    const witness = join(directory, 'witness')
    try {
      closeSync(openSync(witness, 'wx'))
      rmSync(witness)
    } catch {
      clashes += 1
    }
    held += 1
    abandon()
    release()
  }
  return clashes
}

function acquire(): (() => void) | undefined {
  try {
    return lock.acquire()
  } catch (error) {
    if ((error as { code?: string }).code === 'LOCKED') return undefined
    throw error
  }
}

/** What a lock looks like after its process was killed. */
function abandon(): void {
  const holder = JSON.parse(readFileSync(file, 'utf8'))
  const token = `${holder.token.slice(8)}${holder.token.slice(0, 8)}`
  writeFileSync(
    `${file}.${token}`.replace('lock.', 'dead.'),
    JSON.stringify({ ...holder, pid: 2 ** 30, token }),
  )
  renameSync(`${file}.${token}`.replace('lock.', 'dead.'), file)
}
