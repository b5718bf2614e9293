import * as fs from 'node:fs'
import { join } from 'node:path'
import { codeOf, OpsxError } from '../errors.ts'
import type { Watcher } from '../ports/watcher.ts'

/** Changes within this time are reported together: an editor writes a file in several steps. */
const QUIET_MS = 120
/** Continuous changes are reported after this time at the latest. */
const LONGEST_MS = 1000

/** Temporary and backup files of editors, git and opsx; `.openspec.yaml` is an artifact. */
const NOISE = /^\.(?!openspec\.yaml$)|~$|^4913$|\.(?:sw[a-z]|tmp|bak)$/

interface Watched {
  inode: number
  watcher: fs.FSWatcher
}

/**
 * Watches each directory without its subdirectories. Node's recursive watching misses files on Linux, when a directory
 * is created at the same time. Throws FILE_UNREADABLE when the system allows no more watches.
 */
export function createWatcher(root: string): Watcher {
  const watched = new Map<string, Watched>()
  const saved = new Set<string>()
  let heard = () => {}

  function open(directory: string): Watched | undefined {
    const inode = inodeOf(join(root, directory))
    if (inode === undefined) return undefined
    try {
      const watcher = fs.watch(join(root, directory), (_, name) => {
        if (name === null || NOISE.test(name)) return
        saved.add(`${directory}/${name}`)
        heard()
      })
      watcher.on('error', () => {
        watcher.close()
        watched.delete(directory)
      })
      return { inode, watcher }
    } catch (error) {
      throw notWatched(directory, error)
    }
  }

  function wait(milliseconds: number | null): Promise<'heard' | 'quiet'> {
    return new Promise(resolve => {
      const timer = milliseconds === null ? undefined : setTimeout(() => resolve('quiet'), milliseconds)
      heard = () => {
        clearTimeout(timer)
        resolve('heard')
      }
    })
  }

  return {
    follow(directories) {
      const wanted = new Set(directories)
      for (const [directory, { inode, watcher }] of watched) {
        if (wanted.has(directory) && inodeOf(join(root, directory)) === inode) continue
        watcher.close()
        watched.delete(directory)
      }
      for (const directory of wanted) {
        const opened = watched.has(directory) ? undefined : open(directory)
        if (opened) watched.set(directory, opened)
      }
    },
    async next() {
      if (saved.size === 0) await wait(null)
      const start = Date.now()
      while ((await wait(QUIET_MS)) === 'heard') if (Date.now() - start > LONGEST_MS) break
      const paths = [...saved].sort()
      saved.clear()
      return paths
    },
  }
}

function inodeOf(path: string): number | undefined {
  const found = fs.statSync(path, { throwIfNoEntry: false })
  return found?.isDirectory() ? found.ino : undefined
}

function notWatched(directory: string, error: unknown): OpsxError {
  const reason = codeOf(error) ?? String(error)
  return new OpsxError('FILE_UNREADABLE', `${directory} cannot be watched: ${reason}`, {
    hint: 'Watch fewer changes by name, or raise the limit of the system, on Linux fs.inotify.max_user_watches.',
    cause: error,
  })
}
