import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { OpsxError } from '../../src/errors.ts'
import type { StateFile } from '../../src/ports/lock.ts'
import type { Workspace } from '../../src/ports/workspace.ts'
import { archiveTree, largeArchive } from '../support/archive-tree.ts'
import { contextWith, runOpsx, STATE } from '../support/cli.ts'
import { treeOf } from './archivable.ts'

const SPECS = 10

function large() {
  const tree = archiveTree(largeArchive(SPECS))
  onTestFinished(() => tree.remove())
  return tree
}

interface Disturbance {
  /** Further arguments. */
  more?: string[]
  journal?: (file: StateFile, text: string) => void
}

/** Runs an archive on a workspace that a test has disturbed. */
function archiveOn(
  directory: string,
  disturb: (workspace: Workspace) => Partial<Workspace>,
  { more = [], journal = (file, text) => file.write(text) }: Disturbance = {},
) {
  return runOpsx(['archive', 'large', '--json', ...more], {
    cwd: directory,
    wrap: context =>
      contextWith(context, {
        workspace() {
          const workspace = context.workspace()
          return { ...workspace, ...disturb(workspace) }
        },
        async lock() {
          const lock = await context.lock()
          return { ...lock, journal: { ...lock.journal, write: text => journal(lock.journal, text) } }
        },
      }),
  })
}

function failing(path: string, reason: string): never {
  throw new OpsxError('FILE_NOT_WRITTEN', `${path} was not written: ${reason}`, { hint: 'Make room.' })
}

test('a disk that fills up at any write leaves the tree as it was and reports which file', async () => {
  const { directory, restore } = large()
  const before = treeOf(directory)
  let ended = 1
  for (let room = 0; ended !== 0; room++) {
    restore()
    let left = room
    const spend = (path: string) => {
      left -= 1
      if (left < 0) failing(path, 'no space left on device')
    }
    const ran = await archiveOn(
      directory,
      workspace => ({
        write(path, text) {
          spend(path)
          workspace.write(path, text)
        },
      }),
      {
        journal(file, text) {
          spend(file.path)
          file.write(text)
        },
      },
    )
    ended = ran.exitCode
    if (ended === 0) break
    expect(ran.json().error.code).toBe('FILE_NOT_WRITTEN')
    expect(treeOf(directory)).toEqual(before)
    const stage = join(directory, '.opsx')
    expect(existsSync(stage) ? readdirSync(stage) : []).not.toContain('archive')
  }
  expect(treeOf(directory)).not.toEqual(before)
})

test('a directory that may not be written, wherever it is, leaves the tree as it was', async () => {
  const { directory, restore } = large()
  const before = treeOf(directory)
  const places = Array.from({ length: SPECS }, (_, index) => `part-00${index}`)
  for (const place of [...places, 'changes/archive']) {
    restore()
    const refuse = (path: string) => path.includes(place) && failing(path, 'permission denied')
    const ran = await archiveOn(directory, workspace => ({
      replace: swap => refuse(swap.to) || workspace.replace(swap),
      move: (from, to) => refuse(to) || workspace.move(from, to),
    }))
    expect(ran.exitCode).toBe(2)
    expect(ran.json().error.message).toContain('permission denied')
    expect(treeOf(directory)).toEqual(before)
  }
  restore()
  expect((await archiveOn(directory, () => ({}))).exitCode).toBe(0)
})

/** Leaves an archive as a kill after its n-th replacement would. */
async function interrupted(directory: string, replacements: number): Promise<void> {
  let left = replacements
  const dead = () => {
    throw new Error('killed')
  }
  const ran = await archiveOn(directory, workspace => ({
    replace(swap) {
      left -= 1
      if (left < 0) dead()
      workspace.replace(swap)
    },
    remove: path => (left < 0 ? dead() : workspace.remove(path)),
  }))
  expect(ran.exitCode).toBe(70)
}

/** The journal names a process that is gone. */
function bury(directory: string): void {
  const name = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 32)
  const path = join(STATE, 'opsx', 'directories', name, '.opsx', 'archive.json')
  const journal = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...journal, holder: { ...journal.holder, pid: 2 ** 22 + 1 } }))
}

test('an archive that was cut off is finished before anything else, and that is reported', async () => {
  const { directory, restore } = large()
  await archiveOn(directory, () => ({}))
  const wanted = treeOf(directory)
  restore()
  await interrupted(directory, 3)
  bury(directory)
  const ran = await archiveOn(directory, () => ({}))
  expect(ran.json()).toMatchObject({ archived: true, resumed: { change: 'large', outcome: 'resumed' } })
  expect(treeOf(directory)).toEqual(wanted)
})

test('where a spec was edited since, it is rolled back instead, and the edit stays', async () => {
  const { directory } = large()
  const before = treeOf(directory)
  await interrupted(directory, 3)
  bury(directory)
  const edited = 'openspec/specs/part-001/spec.md'
  writeFileSync(join(directory, edited), `${before[edited]}\nBy hand.\n`)
  const ran = await archiveOn(directory, () => ({}), { more: ['--force', 'tasks/open'] })
  expect(ran.json().resumed).toEqual({ change: 'large', outcome: 'rolled back' })
  expect(readFileSync(join(directory, edited), 'utf8')).toContain('By hand.')
})

test('a journal whose process still runs is left alone', async () => {
  const { directory } = large()
  await interrupted(directory, 3)
  const ran = await archiveOn(directory, () => ({}))
  expect(ran.exitCode).toBe(75)
  expect(ran.json().error).toMatchObject({ code: 'LOCKED', message: expect.stringContaining('large') })
})
