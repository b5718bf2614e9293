import type { Workspace, WorkspaceEntry } from '../ports/workspace.ts'

type Files = Pick<Workspace, 'root' | 'list' | 'read'>

/** Files that are read and listed once. */
export interface RememberedFiles extends Files {
  /**
   * One that knows the same and keeps for itself what it reads. Texts that pass by must not enter an old map: the
   * engine would hold them for as long as it has not cleaned up behind the map.
   */
  copy(): RememberedFiles
}

/** A view of a workspace for several readers of the same few files. A file that its directory does not list is absent. */
export function rememberFiles(workspace: Files): RememberedFiles {
  return remembering(workspace, new Map(), new Map())
}

function remembering(
  workspace: Files,
  lists: Map<string, WorkspaceEntry[]>,
  texts: Map<string, string | undefined>,
): RememberedFiles {
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
    copy: () => remembering(workspace, new Map(lists), new Map(texts)),
  }
}
