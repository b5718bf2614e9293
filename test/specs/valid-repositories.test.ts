import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import { readChanges } from '../../src/change/read-changes.ts'
import { overlapFindings, touchesOf } from '../../src/specs/overlap.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange, validateMainSpecs } from '../../src/specs/validate-change.ts'

interface Generator {
  generateRepository(options: { directory: string; changes: number }): unknown
}

const SIZES = process.env.OPSX_LONG ? [1, 100, 1000] : [1, 100]

function findingsIn(root: string) {
  const workspace = createWorkspace(root)
  const main = readMainSpecs(workspace)
  const changes = readChanges(workspace, { archived: 'none' }).map(({ name, directory, proposal }) => ({
    name,
    directory,
    specs: readDeltas(workspace, directory),
    proposal: proposal && { path: proposal.path, text: proposal.text },
  }))
  const open = changes.map(({ name, specs }) => ({ name, deltas: specs.deltas }))
  return [
    ...validateMainSpecs(main),
    ...changes.flatMap(change => validateChange(change, main)),
    ...overlapFindings(open.flatMap(change => touchesOf(change.name, change.deltas, main))),
  ].filter(each => each.severity !== 'info')
}

test.each(SIZES)('a valid repository of %d changes has no finding', async changes => {
  const { generateRepository }: Generator = await import(
    new URL('../../bench/generate.mjs', import.meta.url).href
  )
  const directory = mkdtempSync(join(tmpdir(), 'opsx-valid-'))
  try {
    generateRepository({ directory, changes })
    expect(findingsIn(directory)).toEqual([])
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})

test("the project's own specs and changes have no finding", () => {
  expect(findingsIn(join(import.meta.dirname, '..', '..'))).toEqual([])
})
