import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { treeOf } from '../archive/archivable.ts'
import { archiveTree, disjointArchives, largeArchive } from '../support/archive-tree.ts'
import { type Ended, spawnOpsx } from '../support/opsx-process.ts'

const LONG = Boolean(process.env.OPSX_LONG)
const SPECS = 300
/** Kill points of the short run, spread over all of them; a number of one's own for a longer look. */
const SAMPLE = Number(process.env.OPSX_KILLS ?? 3)
const MINUTES = 60_000

function treeWith(files: Record<string, string>) {
  const tree = archiveTree(files)
  onTestFinished(() => tree.remove())
  return tree
}

const archive = (directory: string, name: string, order?: string): Promise<Ended> =>
  spawnOpsx(['archive', name], {
    directory,
    ...(order === undefined ? {} : { entry: 'chaos', env: { OPSX_CHAOS: order } }),
  })

test(`killed at any effect of an archive of ${SPECS} specs, the next run ends with the undisturbed tree`, {
  timeout: 60 * MINUTES,
}, async () => {
  const trees = [treeWith(largeArchive(SPECS)), treeWith(largeArchive(SPECS))]
  const [first] = trees as [(typeof trees)[0]]
  const list = join(first.directory, '..', 'effects')
  expect((await archive(first.directory, 'large', `list:${list}`)).code).toBe(0)
  const wanted = treeOf(first.directory)
  const effects = readFileSync(list, 'utf8').trimEnd().split('\n')
  const kills = effects.flatMap((_, index) => [`before:${index + 1}`, `after:${index + 1}`])
  const step = LONG ? 1 : Math.max(1, Math.floor(kills.length / SAMPLE))
  const queue = kills.filter((_, index) => index % step === step - 1)
  const chosen = queue.length
  const problems: string[] = []
  await Promise.all(
    trees.map(async tree => {
      for (let kill = queue.shift(); kill; kill = queue.shift()) {
        tree.restore()
        const killed = await archive(tree.directory, 'large', kill)
        const again = await archive(tree.directory, 'large')
        const same = JSON.stringify(treeOf(tree.directory)) === JSON.stringify(wanted)
        const swept = !existsSync(join(tree.directory, '.opsx/archive'))
        if (killed.signal === 'SIGKILL' && again.code === 0 && same && swept) continue
        problems.push(`${kill} (${effects[Number(kill.split(':')[1]) - 1]}): ${again.code} ${again.err}`)
      }
    }),
  )
  console.log(`archive of ${SPECS} specs: ${effects.length} effects, ${chosen} of ${kills.length} kills`)
  expect(effects.length).toBeGreaterThan(SPECS * 1.8)
  expect(problems).toEqual([])
})

test('a second archive waits for the first, and neither loses what the other wrote', {
  timeout: 2 * MINUTES,
}, async () => {
  const { directory } = treeWith(disjointArchives(2))
  const [gate, list] = [join(directory, '..', 'gate'), join(directory, '..', 'list')]
  const one = archive(directory, 'change-0', `hold:5:${gate}`)
  while (!existsSync(gate)) await turn()
  const two = archive(directory, 'change-1', `list:${list}`)
  while (!existsSync(list)) await turn()
  expect(readFileSync(list, 'utf8')).toBe('lock\n')
  expect(existsSync(join(directory, 'openspec/changes/change-1'))).toBe(true)
  rmSync(gate)
  expect([(await one).code, (await two).code]).toEqual([0, 0])
  const spec = readFileSync(join(directory, 'openspec/specs/shared/spec.md'), 'utf8')
  expect(spec.match(/change \d is seen/g)).toEqual(['change 0 is seen', 'change 1 is seen'])
})

test('twelve archives at once lose no update', { timeout: 5 * MINUTES }, async () => {
  const { directory } = treeWith(disjointArchives(12))
  const ended = await Promise.all(
    Array.from({ length: 12 }, (_, index) => archive(directory, `change-${index}`)),
  )
  expect(ended.map(({ code }) => code)).toEqual(Array(12).fill(0))
  const spec = readFileSync(join(directory, 'openspec/specs/shared/spec.md'), 'utf8')
  expect(spec.match(/change \d+ is seen/g)).toEqual(
    Array.from({ length: 12 }, (_, index) => `change ${index} is seen`),
  )
  expect(existsSync(join(directory, 'openspec/changes/change-3'))).toBe(false)
})
