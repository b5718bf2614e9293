import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Inode, time of change and digest of every file below a repository, git's own files included; the folder of the run
 * lock alone is left out.
 */
export function fileTimes(directory: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.startsWith(join(directory, '.git', '.opsx'))) continue
    const { ino, mtimeNs } = statSync(path, { bigint: true })
    const digest = createHash('sha256').update(readFileSync(path)).digest('hex')
    files.set(path, `${ino} ${mtimeNs} ${digest}`)
  }
  return files
}
