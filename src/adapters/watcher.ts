import * as fs from 'node:fs'
import { join } from 'node:path'
import { OpsxError } from '../errors.ts'
import type { Watcher } from '../ports/watcher.ts'

/** An editor writes a file in several steps, and an agent several files. */
const QUIET_MS = 120
/** Who never stops saving is told in between. */
const LONGEST_MS = 1000

/** Temporary and backup files of editors, git and opsx; `.openspec.yaml` is an artifact. */
const NOISE = /^\.(?!openspec\.yaml$)|~$|^4913$|\.(?:sw[a-z]|tmp|bak)$/

interface Watched {
  inode: number
  watcher: fs.FSWatcher
}

/**
 * Watches one directory each, without their subdirectories: what Node calls recursive is a walk of its own on Linux,
 * which misses files in directories that appear while it walks. Throws FILE_UNREADABLE when the system has no watch left.
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
      throw exhausted(directory, error)
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

function exhausted(directory: string, error: unknown): OpsxError {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return new OpsxError('FILE_UNREADABLE', `${directory} cannot be watched: ${code ?? String(error)}`, {
    hint: 'Watch fewer changes by name, or raise the limit of the system, on Linux fs.inotify.max_user_watches.',
    cause: error,
  })
}
