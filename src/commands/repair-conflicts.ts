import type { Context } from '../adapters/context.ts'
import { changeDirectories } from '../change/change-directories.ts'
import { filesOf } from '../change/files-of.ts'
import { OpsxError } from '../errors.ts'
import { formatLock } from '../figures/lock/format-lock.ts'
import { LOCK_FILE } from '../figures/lock/lock.ts'
import { resolveLock, sidesOf } from '../figures/lock/resolve-lock.ts'
import { readMergeVersions } from '../ledger/read-merge-versions.ts'
import { repairProposal } from '../ledger/repair-proposal.ts'
import { segmentsOf, viewsOf } from '../markdown/conflict-segments.ts'
import type { Git } from '../ports/git.ts'
import type { Workspace } from '../ports/workspace.ts'
import { mergeBaseLock } from '../specs/merge-base-lock.ts'
import { BASE_LOCK } from '../specs/read-specs.ts'

/** A file that holds markers, and what it has to be. */
export interface Repair {
  file: string
  /** Null for a file that cannot be mended. */
  text: string | null
  /** Keys that are left to a person, between markers. */
  conflicts: string[]
  /** True when markers are left in the text behind the frontmatter. */
  body: boolean
  /** Figures that were taken from one side and have to be measured again. */
  stale: string[]
}

const MARKED = /^<{7}(?: |\r?$)/m

/** Plans and writes under the lock; `written` tells the files that are not as they were. */
export async function repairConflicts(context: Context): Promise<(Repair & { written: boolean })[]> {
  const release = (await context.lock()).acquire()
  try {
    const workspace = context.workspace()
    const planned = await planRepairs(context)
    return planned.map(repair => {
      const written = repair.text !== null && repair.text !== workspace.read(repair.file)
      if (written) workspace.write(repair.file, repair.text ?? '')
      return { ...repair, written }
    })
  } finally {
    release()
  }
}

/** What to write so that frontmatter and lock files hold both sides of a merge; files without markers are left out. */
export async function planRepairs(context: Context): Promise<Repair[]> {
  const workspace = context.workspace()
  const marked = candidates(workspace).flatMap(file => {
    const text = workspace.read(file)
    if (text === undefined) return []
    const broken = file === LOCK_FILE ? sidesOf(text) !== null : MARKED.test(text)
    return broken ? [{ file, text }] : []
  })
  if (marked.length === 0) return []
  const git = await context.git()
  return marked.flatMap(({ file, text }) => {
    const repair = repairOf(git, file, text)
    return repair === null ? [] : [repair]
  })
}

function candidates(workspace: Workspace): string[] {
  const directories = changeDirectories(workspace, { archived: 'all' })
  const own = directories.flatMap(({ path }) => [
    `${path}/proposal.md`,
    ...filesOf(workspace, `${path}/specs`)
      .filter(file => file === BASE_LOCK || file.endsWith(`/${BASE_LOCK}`))
      .map(file => `${path}/specs/${file}`),
  ])
  return [...new Set(own), LOCK_FILE]
}

function repairOf(git: Git, file: string, text: string): Repair | null {
  if (file === LOCK_FILE) return repairFigures(git, file, text)
  if (file.endsWith(BASE_LOCK)) return repairBaseLock(git, file, text)
  const repaired = repairProposal(text, readMergeVersions(git, file), (versions, labels) =>
    git.mergeTexts({ ...versions, labels }),
  )
  if (repaired === null) return null
  const conflicts = repaired?.conflicts ?? []
  const left = segmentsOf(repaired?.text ?? '').filter(({ kind }) => kind === 'conflict')
  return { file, text: repaired?.text ?? null, conflicts, body: left.length > conflicts.length, stale: [] }
}

function repairFigures(git: Git, file: string, text: string): Repair {
  const known = readMergeVersions(git, file)
  const sides = known ? { ...known, base: known.base ?? undefined } : sidesOf(text)
  try {
    const resolved = sides && resolveLock(sides)
    const stale = resolved?.settled.filter(each => each.stale).map(({ figure }) => figure) ?? []
    return { file, text: resolved && formatLock(resolved.lock), conflicts: [], body: false, stale }
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return { file, text: null, conflicts: [], body: false, stale: [] }
  }
}

function repairBaseLock(git: Git, file: string, text: string): Repair {
  const views = viewsOf(segmentsOf(text))
  const known = readMergeVersions(git, file)
  const merged = mergeBaseLock(
    known ? { ...known, base: known.base ?? '' } : { ...views, base: views.base ?? '' },
  )
  return { file, text: merged, conflicts: [], body: false, stale: [] }
}
