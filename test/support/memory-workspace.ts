import { createHash } from 'node:crypto'
import type { Workspace, WorkspaceEntry } from '../../src/ports/workspace.ts'

/** Files in memory, for tests of pure decisions; `writes` counts replacements. */
export function memoryWorkspace(
  files: Record<string, string>,
): Workspace & { files: Map<string, string>; writes: string[] } {
  const all = new Map(Object.entries(files))
  const writes: string[] = []
  const stamps = new Map<string, number>()
  return {
    root: '/repository',
    files: all,
    writes,
    list(directory) {
      const prefix = directory === '' ? '' : `${directory}/`
      const entries = new Map<string, WorkspaceEntry>()
      for (const path of all.keys()) {
        if (!path.startsWith(prefix)) continue
        const [name = '', ...rest] = path.slice(prefix.length).split('/')
        entries.set(name, { name, directory: rest.length > 0 })
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    read: path => all.get(path),
    digest(path) {
      const text = all.get(path)?.replaceAll('\r\n', '\n')
      return text === undefined ? undefined : createHash('sha256').update(text).digest('hex')
    },
    stamp: path => (all.has(path) ? String(stamps.get(path) ?? 0) : undefined),
    write(path, text) {
      writes.push(path)
      stamps.set(path, writes.length)
      all.set(path, text)
    },
    move(from, to) {
      for (const [path, text] of [...all]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue
        all.delete(path)
        all.set(to + path.slice(from.length), text)
      }
    },
    replace({ from, to, keep }) {
      const [old, next] = [all.get(to), from === null ? undefined : all.get(from)]
      if (old !== undefined) all.set(keep, old)
      all.delete(to)
      if (from !== null) all.delete(from)
      if (next !== undefined) all.set(to, next)
    },
    remove(path) {
      for (const each of [...all.keys()]) if (each === path || each.startsWith(`${path}/`)) all.delete(each)
    },
    removeEmpty() {},
  }
}
