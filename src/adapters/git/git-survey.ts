import type { Git } from '../../ports/git.ts'
import { type Answers, answersOnDisk, type Told } from './answers-on-disk.ts'
import { directoriesCommand, factsFrom } from './git-facts.ts'
import type { GitOutput } from './git-process.ts'
import { REFS_COMMAND, REMOTES_COMMAND, readRefs } from './git-refs.ts'
import { answering, type GitRun, holdsRepository, keyOf } from './git-run.ts'
import { signalsFrom } from './git-signals.ts'
import type { CiEnvironment } from './git-standing.ts'
import { parseStatus, readStatus } from './git-status.ts'
import { parseTrace, TRACED } from './git-trace.ts'
import { statusCommand } from './status-command.ts'
import { unchangedFiles } from './unchanged-files.ts'

/**
 * Facts and signals of one moment from one process, which runs while the caller reads files, because starting git is
 * what costs. Undefined outside a repository; rejects with GIT_FAILED.
 */
export async function survey(
  run: GitRun,
  ci: CiEnvironment,
  { changesDirectory, within }: { changesDirectory: string; within: string | undefined },
): ReturnType<Git['survey']> {
  if (!holdsRepository(run.directory)) return undefined
  const changes = changesDirectory.replace(/\/+$/, '')
  const asked = { changes, within }
  const output = await run.start(statusCommand(within ?? '.', 'count'), TRACED)
  const trace = parseTrace(output.stderr)
  const answers = answersFrom(output, { directory: run.directory, trace, ...asked })
  await askForMissing(run, answers)
  const known = answering(run, answers)
  const status = readStatus(known, within ?? '.', 'count')
  if (status === undefined) return undefined
  const tip = readRefs(known).defaultTip
  const ofHead = answers.get(keyOf(directoriesCommand('HEAD', asked)))
  if (tip !== null && tip === status.head && ofHead) {
    answers.set(keyOf(directoriesCommand(tip, asked)), ofHead)
  }
  const below = status.files.filter(({ path }) => path.startsWith(`${changes}/`))
  return {
    facts: factsFrom(known, ci, { status: { ...status, files: below }, ...asked }),
    signals: signalsFrom(known, ci, status),
    unchanged(below) {
      if (within !== undefined) return new Map()
      // Of the whole repository, because the paths of the index begin there.
      return unchangedFiles({ directory: run.directory, status: parseStatus(output.stdout), trace }, below)
    },
  }
}

function answersFrom(output: GitOutput, told: Omit<Told, 'status'>): Answers {
  const command = keyOf(statusCommand(told.within ?? '.', 'count'))
  const own: [string, GitOutput] = [command, { ...output, stderr: told.trace.stderr }]
  if (output.status !== 0) return new Map([own])
  return new Map([...answersOnDisk({ ...told, status: parseStatus(output.stdout) }), own])
}

/** What is always asked for and could not be read, side by side. */
async function askForMissing(run: GitRun, answers: Answers): Promise<void> {
  const missing = [REMOTES_COMMAND, REFS_COMMAND].filter(command => !answers.has(keyOf(command)))
  const outputs = await Promise.all(missing.map(command => run.start(command)))
  for (const [index, command] of missing.entries()) {
    const output = outputs[index]
    if (output) answers.set(keyOf(command), output)
  }
}
