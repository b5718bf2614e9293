import { hash } from 'node:crypto'
import { OpsxError } from '../../errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { createMatchingFiles, type MatchingFiles } from './matching-files.ts'

/** The files that figures depend on. */
export interface Inputs {
  readonly files: MatchingFiles
  /** `sha256:…` over paths and contents; null without globs. Each digest is computed once, and each file is read once. */
  digest(globs: readonly string[]): string | null
}

export function createInputs(workspace: Pick<Workspace, 'list' | 'digest'>): Inputs {
  const files = createMatchingFiles(workspace)
  const digests = new Map<string, string>()
  const contents = new Map<string, string>()
  const lineOf = (path: string) => {
    const content = contents.get(path) ?? contentOf(workspace, path)
    contents.set(path, content)
    return `${path}\0${content}\n`
  }
  return {
    files,
    digest(globs) {
      if (globs.length === 0) return null
      const key = globs.join('\0')
      const digest = digests.get(key) ?? `sha256:${hash('sha256', files.of(globs).map(lineOf).join(''))}`
      digests.set(key, digest)
      return digest
    },
  }
}

/** An unreadable file contributes its error code, so that it does not prevent other measurements. */
function contentOf(workspace: Pick<Workspace, 'digest'>, path: string): string {
  try {
    return workspace.digest(path) ?? 'gone'
  } catch (error) {
    if (error instanceof OpsxError) return error.code
    throw error
  }
}
