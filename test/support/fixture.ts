import { fileURLToPath } from 'node:url'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import type { Change } from '../../src/change/change.ts'
import { readChanges } from '../../src/change/read-changes.ts'
import type { TrackedChange } from '../../src/ledger/ledger.ts'
import { trackChange } from '../../src/ledger/track-change.ts'
import type { Workspace } from '../../src/ports/workspace.ts'

/** The files of `test/fixtures/<situation>`. */
export function fixture(situation: string): Workspace {
  return createWorkspace(fileURLToPath(new URL(`../fixtures/${situation}`, import.meta.url)))
}

/** One change of a situation, archived or not. */
export function changeOf(situation: string, name: string): TrackedChange {
  const change = readChanges(fixture(situation), { archived: 'all' }).find(each => each.name === name)
  if (!change) throw new Error(`${situation} has no change ${name}`)
  return trackChange(change)
}

/** Codes of a change's findings, in order. */
export function codesOf({ findings }: Pick<Change, 'findings'>): string[] {
  return findings.map(each => each.code)
}
