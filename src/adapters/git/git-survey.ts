import type { Git } from '../../ports.ts'
import { directoriesCommand, factsFrom } from './git-facts.ts'
import { REFS_COMMAND, REMOTES_COMMAND, readRefs } from './git-refs.ts'
import { answering, type GitOutput, type GitRun, holdsRepository, keyOf } from './git-run.ts'
import { signalsFrom } from './git-signals.ts'
import type { CiEnvironment } from './git-standing.ts'
import { readStatus, statusCommand } from './git-status.ts'

/**
 * Facts and signals of one moment from one status and one list of refs. The processes run side by side and while the
 * caller reads files, because starting git is what costs. Undefined outside a repository; rejects with GIT_FAILED.
 */
export async function survey(
  run: GitRun,
  ci: CiEnvironment,
  changesDirectory: string,
): ReturnType<Git['survey']> {
  if (!holdsRepository(run.directory)) return undefined
  const changes = changesDirectory.replace(/\/+$/, '')
  const commands = [
    statusCommand('.', 'count'),
    REMOTES_COMMAND,
    REFS_COMMAND,
    directoriesCommand('HEAD', changes),
  ]
  const outputs = await Promise.all(commands.map(command => run.start(command)))
  const answers = new Map<string, GitOutput>()
  for (const [index, command] of commands.entries()) {
    const output = outputs[index]
    if (output) answers.set(keyOf(command), output)
  }
  const known = answering(run, answers)
  const status = readStatus(known, '.', 'count')
  if (status === undefined) return undefined
  const tip = readRefs(known).defaultTip
  const ofHead = answers.get(keyOf(directoriesCommand('HEAD', changes)))
  if (tip !== null && tip === status.head && ofHead) {
    answers.set(keyOf(directoriesCommand(tip, changes)), ofHead)
  }
  const below = status.files.filter(({ path }) => path.startsWith(`${changes}/`))
  return {
    facts: factsFrom(known, ci, { status: { ...status, files: below }, changes }),
    signals: signalsFrom(known, ci, status),
  }
}
