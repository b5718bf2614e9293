import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import { readDeltas, readDeltasOf } from '../../src/specs/read-specs.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

const CHANGE = 'openspec/changes/rival'
const DELTA = '## ADDED Requirements\n\n### Requirement: A\n\nIt SHALL be.\n'
const HELD = ['area/deep', 'area/other', 'linked', 'one', 'two', 'upper/Case']

/** A change whose deltas are files, one of them behind a link inside the root. */
function change(): string {
  const root = temporaryDirectory()
  const files = HELD.map(name => (name === 'linked' ? 'shared/spec.md' : `${CHANGE}/specs/${name}/spec.md`))
  for (const file of [...files, `${CHANGE}/specs/empty/notes.md`, `${CHANGE}/specs/spec.md`]) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), DELTA)
  }
  symlinkSync('../../../../shared', join(root, CHANGE, 'specs/linked'))
  symlinkSync('nowhere', join(root, CHANGE, 'specs/dangling'))
  return root
}

const asked: [string[]][] = [
  [[]],
  [['one']],
  [['absent']],
  [['absent', 'two']],
  [['area/deep']],
  [['area', 'area/absent', 'area/other']],
  [['linked', 'dangling', 'empty', 'spec.md']],
  [['a', 'b', 'c', 'd', 'e', 'f']],
  [['a', 'b', 'c', 'd', 'e', 'one', 'area/deep', 'linked']],
]

test.each(asked)('the deltas for some capabilities are those among all: %j', capabilities => {
  const workspace = createWorkspace(change())
  const all = readDeltas(workspace, CHANGE).deltas
  expect(all.map(({ capability }) => capability)).toEqual(HELD)
  const found = readDeltasOf(workspace, CHANGE, new Set(capabilities))
  expect(found).toEqual(all.filter(({ capability }) => capabilities.includes(capability)))
})

test('a change without specs has none', () => {
  const root = temporaryDirectory()
  mkdirSync(join(root, CHANGE), { recursive: true })
  expect(readDeltasOf(createWorkspace(root), CHANGE, new Set(['one']))).toEqual([])
})
