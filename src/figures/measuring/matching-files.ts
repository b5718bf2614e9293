import picomatch from 'picomatch'
import type { Workspace } from '../../ports/workspace.ts'

/** Large directories without sources. Only a glob that contains their name matches files in them. */
const SKIPPED_DIRECTORIES = ['.git', 'node_modules']
const LONGEST = 500

/** Finds files by the globs of figures.yaml. Lists each directory once. */
export interface MatchingFiles {
  /** Paths in code-unit order. `!glob` excludes files, at any place in the list. */
  of(globs: readonly string[]): string[]
}

/**
 * Globs work as in a shell: `*` and `**` do not match names that begin with a dot. A glob that points outside the
 * repository matches nothing.
 */
export function createMatchingFiles(workspace: Pick<Workspace, 'list'>): MatchingFiles {
  const listed = new Map<string, ReturnType<Workspace['list']>>()

  function list(directory: string): ReturnType<Workspace['list']> {
    const known = listed.get(directory)
    if (known) return known
    const entries = workspace.list(directory)
    listed.set(directory, entries)
    return entries
  }

  function collect(glob: string, found: Set<string>): void {
    const { base, isGlob } = picomatch.scan(glob)
    const matches = matcherOf(glob)
    const skipped = SKIPPED_DIRECTORIES.filter(name => !glob.split('/').includes(name))
    const deepest = /\*\*|[{(]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length
    const visit = (directory: string, depth: number): void => {
      for (const { name, directory: isDirectory } of list(directory)) {
        const path = directory === '' ? name : `${directory}/${name}`
        if (!isDirectory && matches(path)) found.add(path)
        if (isDirectory && depth < deepest && !skipped.includes(name)) visit(path, depth + 1)
      }
    }
    const start = isGlob ? base : base.split('/').slice(0, -1).join('/')
    visit(start, start === '' ? 1 : start.split('/').length + 1)
  }

  return {
    of(globs) {
      const found = new Set<string>()
      const inside = globs.filter(isInside).map(tidied)
      for (const glob of inside) if (!glob.startsWith('!')) collect(glob, found)
      const taken = inside.filter(glob => glob.startsWith('!')).map(glob => matcherOf(tidied(glob.slice(1))))
      return [...found].filter(path => !taken.some(matches => matches(path))).sort()
    },
  }
}

/** Whether a path relative to the root matches a glob. */
export function matcherOf(glob: string): (path: string) => boolean {
  if (!isInside(glob)) return () => false
  return picomatch(tidied(glob), { noextglob: true, nonegate: true })
}

function tidied(glob: string): string {
  const plain = glob.replace(/^(!?)(?:\.\/)+/, '$1')
  return plain.endsWith('/') ? `${plain}**` : plain
}

function isInside(glob: string): boolean {
  const path = glob.replace(/^!/, '')
  const leaves = path.startsWith('/') || path.split('/').includes('..') || /^[a-z]:/i.test(path)
  return path !== '' && glob.length <= LONGEST && !leaves && !/[\u0000-\u001f\\]/.test(path)
}
