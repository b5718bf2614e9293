import type { Workspace } from '../ports/workspace.ts'

/** Every file below a directory, relative to it. */
export function filesOf(workspace: Pick<Workspace, 'list'>, directory: string, prefix = ''): string[] {
  return workspace.list(prefix === '' ? directory : `${directory}/${prefix}`).flatMap(entry => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    return entry.directory ? filesOf(workspace, directory, path) : [path]
  })
}
