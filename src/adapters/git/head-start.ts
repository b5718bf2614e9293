import { type GitOutput, gitEnvironment, startGit } from './git-process.ts'
import { TRACED } from './git-trace.ts'
import { statusCommand } from './status-command.ts'

/** A git command that runs since before opsx itself was loaded. */
export interface HeadStart {
  /** Its output, to the first who wants this very command there. */
  take(directory: string, args: string[]): Promise<GitOutput | Error> | undefined
}

/** Starts what a survey of `directory` begins with. */
export function startSurvey(directory: string): HeadStart {
  const args = statusCommand('.', 'count')
  const environment = Object.assign(gitEnvironment(), TRACED)
  let output: ReturnType<HeadStart['take']> = startGit({ directory, args, environment })
  return {
    take(where, words) {
      if (where !== directory || words.join('\0') !== args.join('\0')) return undefined
      const taken = output
      output = undefined
      return taken
    },
  }
}
