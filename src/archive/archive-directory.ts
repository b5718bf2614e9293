import { ARCHIVE } from '../change/change-directories.ts'

/** Where a change is archived: under the UTC date, or under the date that its name begins with (OPENSPEC: Merge). */
export function archiveDirectoryOf(directory: string, now: Date): string {
  const name = directory.split('/').at(-1) ?? directory
  return /^\d{4}-\d{2}-\d{2}-./.test(name)
    ? `${ARCHIVE}/${name}`
    : `${ARCHIVE}/${now.toISOString().slice(0, 10)}-${name}`
}
