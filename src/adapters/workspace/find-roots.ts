import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every directory at or below `top` that contains `openspec/`, absolute, in code-unit order. Links are not followed. Dot
 * directories, node_modules, the directories that `skip` accepts, and everything below an `openspec/` are skipped.
 */
export function findRoots(top: string, skip: (directory: string) => boolean): string[] {
  const roots: string[] = []
  const queue = [top]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const names = directoriesIn(at)
    if (names.includes('openspec')) roots.push(at)
    for (const name of names) {
      if (!['openspec', 'node_modules'].includes(name) && !name.startsWith('.')) queue.push(join(at, name))
    }
  }
  return roots.filter(root => root === top || !skip(root)).sort()
}

/** Empty for a directory that cannot be read. */
function directoriesIn(directory: string): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
}
