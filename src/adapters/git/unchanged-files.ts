import * as fs from 'node:fs'
import { placeOf, type Told } from './answers-on-disk.ts'
import { parseIndex } from './parse-index.ts'

/** Leaves a pointer in git in place of a text, which is never as long as the text. */
const PLAIN_FILTER = 'lfs'

/**
 * Size on disk and blob id (see GitSurvey), by path, of the regular files below `within` that are on disk as git's
 * index holds them, both relative to the workspace. Rests on a status of the whole workspace; files that git was told not to look at are left out.
 * Empty where the index is not plain, before the first commit, where `.git` is not where it usually is, and where a
 * filter is configured, which may make one blob of many texts; what git itself converts changes the size.
 */
export function unchangedFiles(
  { directory, status, trace }: Pick<Told, 'directory' | 'status' | 'trace'>,
  within: string,
): ReadonlyMap<string, string> {
  const place = trace.worktree === undefined ? undefined : placeOf(directory, trace.worktree)
  if (!place || status.head === null || isFiltering(trace)) return new Map()
  const changed = new Set(status.files.map(({ path }) => path))
  const request = { prefix: `${place.prefix}${within}/`, idLength: status.head.length / 2, ids: true }
  const ids = new Map<string, string>()
  for (const { path, id, size, watched } of readIndex(`${place.own}/index`, request) ?? []) {
    if (watched && !changed.has(path)) ids.set(path.slice(place.prefix.length), `${size} ${id}`)
  }
  return ids
}

function isFiltering({ settings }: Told['trace']): boolean {
  return [...settings.keys()].some(key => {
    const name = /^filter\.(.+)\.(?:clean|process)$/s.exec(key)?.[1]
    return name !== undefined && name !== PLAIN_FILTER
  })
}

function readIndex(path: string, request: Parameters<typeof parseIndex>[1]): ReturnType<typeof parseIndex> {
  try {
    return parseIndex(fs.readFileSync(path), request)
  } catch {
    return undefined
  }
}
