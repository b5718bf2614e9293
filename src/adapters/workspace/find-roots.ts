import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Directories that hold what others wrote. */
const PASSED_OVER = new Set(['node_modules'])

/**
 * Every directory at or below `top` that holds `openspec/`, absolute, in code-unit order. Links are not followed; dot
 * directories, node_modules and what `skip` names are passed over, and so is what lies below an `openspec/`.
 */
export function findRoots(top: string, skip: (directory: string) => boolean): string[] {
  const roots: string[] = []
  const queue = [top]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const names = directoriesIn(at)
    if (names.includes('openspec')) roots.push(at)
    for (const name of names) {
      const below = join(at, name)
      if (name !== 'openspec' && !name.startsWith('.') && !PASSED_OVER.has(name)) queue.push(below)
    }
  }
  return roots.filter(root => root === top || !skip(root)).sort()
}

/** A directory that may not be read has no roots that could be. */
function directoriesIn(directory: string): string[] {
  let entries: Dirent[]
  try {
    entries = readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
}
