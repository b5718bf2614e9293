import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kept } from '../support/checkouts.ts'
import { runOpsx } from '../support/cli.ts'
import type { Files } from '../support/git-repository.ts'
import { createRepository } from '../support/git-repository.ts'
import { readFile, VERIFY } from '../support/scenario.ts'
import { BASE, CODE, changeOf, reported } from './subject.ts'

const below = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/web/${path}`, text]))

/** openspec/ is in apps/web of a larger repository. */
function monorepo() {
  const repository = kept(createRepository())
  repository.commit('Begin', { ...below(BASE), 'apps/api/main.ts': 'export {}\n' })
  repository.branch('feature')
  repository.commit('Work', below({ ...changeOf(), [CODE]: 'export const dark = 1\n' }))
  const opsx = (args: string[]) => runOpsx(args, { cwd: join(repository.path, 'apps/web') })
  return { repository, opsx }
}

test('a directory of a larger repository is verified with its own paths', async () => {
  const { repository, opsx } = monorepo()
  const first = await opsx(['verify', '--write', '--json'])
  expect(reported(first)).toEqual([])
  expect(first.json().writes).toContain(VERIFY)
  expect(readFile(repository, `apps/web/${VERIFY}`)).toContain(`path: ${CODE}`)
  for (const commit of [false, true]) {
    if (commit) repository.commit('Record')
    const ran = await opsx(['verify', '--write', '--json'])
    expect([reported(ran), ran.json().writes]).toEqual([[], []])
  }
  repository.commit('Go on', below({ [CODE]: 'export const dark = 2\n' }))
  expect(reported(await opsx(['verify', '--json']))).toEqual(['warning verify/stale'])
})

test('findings of its merge base are found again', async () => {
  const { repository, opsx } = monorepo()
  const red = changeOf({
    name: 'add-sound',
    delta: '## ADDED Requirements\n\n### Requirement: Sound\n\nIt SHALL hum.\n',
  })
  repository.commit('Old', below(red))
  repository.git('branch', '--quiet', '--force', 'main', 'feature')
  repository.commit('New', below({ 'src/new.ts': 'export {}\n' }))
  expect((await opsx(['verify'])).exitCode).toBe(1)
  expect((await opsx(['verify', '--against', 'main'])).exitCode).toBe(0)
})
