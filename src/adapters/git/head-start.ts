import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startGitIntoFiles } from './git-into-files.ts'
import { type GitOutput, gitEnvironment, startGit } from './git-process.ts'
import { TRACED } from './git-trace.ts'
import { statusCommand } from './status-command.ts'

/** A git command that runs since before opsx itself was loaded. */
export interface HeadStart {
  /** Its output, to the first who wants this very command there. */
  take(directory: string, args: string[]): Promise<GitOutput | Error> | undefined
}

/** Starts what a survey of `directory` begins with, or one that is asked about `within` alone. */
export function startSurvey(directory: string, within = '.'): HeadStart {
  const args = statusCommand(within, 'count')
  const environment = Object.assign(gitEnvironment(), TRACED)
  const start = { directory, args, environment }
  let output: ReturnType<HeadStart['take']> = startGitIntoFiles(start)
  return {
    take(where, words) {
      if (where !== directory || words.join('\0') !== args.join('\0')) return undefined
      const taken = output
      output = undefined
      return taken?.then(ended => (ended instanceof Error || ended.status === 0 ? ended : startGit(start)))
    },
  }
}

/**
 * The open change that one of these words names as it stands, relative to the root; undefined when none does. Who
 * resolves names may find another one, and then asks git anew.
 */
export function changeNamedIn(words: readonly string[], root: string): string | undefined {
  return words
    .filter(word => !word.startsWith('-'))
    .map(word => word.replace(/\/+$/, '').split('/').at(-1) ?? '')
    .filter(name => /^[^.]/.test(name) && name !== 'archive' && !name.includes('\\'))
    .map(name => `openspec/changes/${name}`)
    .find(path => existsSync(join(root, path)))
}
