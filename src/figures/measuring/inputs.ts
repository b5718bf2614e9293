import { createHash } from 'node:crypto'
import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { createMatchingFiles, type MatchingFiles } from './matching-files.ts'

/** What the files are that figures depend on, each of them read once. */
export interface Inputs {
  readonly files: MatchingFiles
  /** `sha256:…` over paths and contents; null without globs. */
  digest(globs: readonly string[]): string | null
}

/** A file that cannot be read counts as one that is there, so that it stops no other figure. */
export function createInputs(workspace: Pick<Workspace, 'list' | 'digest'>): Inputs {
  const files = createMatchingFiles(workspace)
  const contents = new Map<string, string>()
  const digests = new Map<string, string>()

  function contentOf(path: string): string {
    const known = contents.get(path)
    if (known !== undefined) return known
    const content = read(path)
    contents.set(path, content)
    return content
  }

  function read(path: string): string {
    try {
      return workspace.digest(path) ?? 'gone'
    } catch (error) {
      if (error instanceof OpsxError) return error.code
      throw error
    }
  }

  return {
    files,
    digest(globs) {
      if (globs.length === 0) return null
      const key = globs.join('\0')
      const known = digests.get(key)
      if (known !== undefined) return known
      const hash = createHash('sha256')
      for (const path of files.of(globs)) hash.update(`${path}\0${contentOf(path)}\n`)
      const digest = `sha256:${hash.digest('hex')}`
      digests.set(key, digest)
      return digest
    },
  }
}
