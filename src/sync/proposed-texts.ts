import { changeDirectories } from '../change/change-directories.ts'
import { OpsxError } from '../errors.ts'
import { carryLedger } from '../ledger/carry-ledger.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'

/**
 * Proposals with the ledger lines that the pull request on `opsx/ledger` has and the files here do not have yet, by
 * path, so that a run starts from them and publishes them again. A change that was archived or reopened in between has
 * them at its new place; one whose front matter cannot be edited has none. Only for the default branch.
 */
export function proposedTexts(git: Git, workspace: Workspace): Map<string, string> {
  const texts = new Map<string, string>()
  if (git.facts('openspec/changes')?.role !== 'default') return texts
  const proposed = git.proposedLedger().filter(({ path }) => path.endsWith('/proposal.md'))
  if (proposed.length === 0) return texts
  const directories = changeDirectories(workspace, { archived: 'all' })
  for (const { path, text } of proposed) {
    const there = directories.find(directory => `${directory.path}/proposal.md` === path)
    const home = there ?? directories.find(({ name }) => name === nameOf(path))
    const file = `${home?.path}/proposal.md`
    const here = home && workspace.read(file)
    const next = here === undefined ? undefined : withProposedLedger(here, text)
    if (next !== here && next !== undefined) texts.set(file, next)
  }
  return texts
}

function nameOf(path: string): string {
  return (path.split('/').at(-2) ?? '').replace(/^\d{4}-\d{2}-\d{2}-(?=.)/, '')
}

function withProposedLedger(text: string, proposed: string): string {
  try {
    return carryLedger(text, proposed)
  } catch (error) {
    if (error instanceof OpsxError && error.code === 'EDIT_REFUSED') return text
    throw error
  }
}

/** The same files, with these texts in place of their own. */
export function readingAs(workspace: Workspace, texts: ReadonlyMap<string, string>): Workspace {
  return { ...workspace, read: path => texts.get(path) ?? workspace.read(path) }
}
