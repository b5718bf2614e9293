import type { Workspace, WorkspaceEntry } from '../ports/workspace.ts'

/** Files that are read and listed once. */
export type CachedFiles = Pick<Workspace, 'root' | 'list' | 'read'>

/** A view of a workspace for several readers of the same few files. A file that its directory does not list is absent. */
export function cachedFiles(workspace: CachedFiles): CachedFiles {
  const lists = new Map<string, WorkspaceEntry[]>()
  const texts = new Map<string, string | undefined>()
  return {
    root: workspace.root,
    list(directory) {
      let entries = lists.get(directory)
      if (!entries) {
        entries = workspace.list(directory)
        lists.set(directory, entries)
      }
      return entries
    },
    read(path) {
      if (texts.has(path)) return texts.get(path)
      const slash = path.lastIndexOf('/')
      const siblings = lists.get(path.slice(0, Math.max(0, slash)))
      const absent = siblings && !siblings.some(({ name }) => name === path.slice(slash + 1))
      const text = absent ? undefined : workspace.read(path)
      texts.set(path, text)
      return text
    },
  }
}
