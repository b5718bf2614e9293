import { OpsxError } from '../../errors.ts'
import { parseBaseLock } from '../../specs/base-lock.ts'
import type { DeltaFile } from '../../specs/read-specs.ts'
import { confirmedRestsOn, type RestsOn } from '../../specs/rests-on.ts'
import { restsOnOf, UPSTREAM_FILES } from '../rests-on-of.ts'

/** Where the branch began, HEAD on the default branch: a witness for what no file of the change remembers. */
export interface BranchStart {
  /** True for a file that is not what it was there, committed or not. */
  changed(path: string): boolean
  /** A file as it was at the merge base, undefined without one; read when it is asked for, because that starts git. */
  read(path: string): string | undefined
}

export interface RestedOnParts {
  /** Of the change, relative to the root. */
  directory: string
  deltas: DeltaFile[]
  /** Null outside git, and for a commit of the past. */
  start: BranchStart | null
  /** What a delta spec rests on today, by path relative to the change. */
  today(file: string): RestsOn
  /** The reason for which a person says that the specs hold as they are; null when nobody does. */
  holds: string | null
}

/** What the delta specs of a change rested on when they were last changed, by path relative to the change. */
export function restedOnOf(parts: RestedOnParts): Map<string, RestsOn> {
  const known = new Map<string, RestsOn>()
  for (const delta of parts.deltas) {
    const file = delta.path.slice(parts.directory.length + 1)
    const recorded = delta.lock && parseBaseLock(delta.lock.text)
    if (recorded?.problem) continue
    const remembered = recorded?.lock?.restsOn ?? atStart(delta.path, parts)
    if (remembered === null) continue
    const { holds } = parts
    known.set(file, holds === null ? remembered : confirmedRestsOn(remembered, parts.today(file), holds))
  }
  return known
}

/** A delta spec that the branch left alone while it touched what the spec rests on: that is how it was there. */
function atStart(path: string, { directory, start }: RestedOnParts): RestsOn | null {
  const upstream = UPSTREAM_FILES.map(file => `${directory}/${file}`)
  if (start === null || start.changed(path)) return null
  if (!upstream.some(file => start.changed(file))) return null
  try {
    const spec = start.read(path)
    return spec === undefined ? null : restsOnOf(spec, file => start.read(`${directory}/${file}`))
  } catch (error) {
    if (error instanceof OpsxError) return null
    throw error
  }
}
