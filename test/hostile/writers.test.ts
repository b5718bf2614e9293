import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createRepository, type Repository } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'

const CHANGE = 'openspec/changes/add-dark-mode'
const IDS = Array.from({ length: 8 }, (_, index) => `1.${index + 1}`)
const TASKS = IDS.map(id => `- [ ] ${id} Part ${id}\n`).join('')

let repository: Repository
beforeEach(() => {
  repository = createRepository()
  repository.commit('Start', {
    'openspec/config.yaml': 'schema: spec-driven\n',
    [`${CHANGE}/proposal.md`]:
      '---\nlinear_team: CAM\n---\n\n## Why\n\nReaders want a theme for the night.\n',
    [`${CHANGE}/tasks.md`]: TASKS,
  })
})
afterEach(() => repository.remove())

const opsx = (...args: string[]) => spawnOpsx(args, { directory: repository.path })
const read = (file: string) => readFileSync(join(repository.path, CHANGE, file), 'utf8')

it('checks of eight tasks at once are all there', async () => {
  const ended = await Promise.all(IDS.map(id => opsx('task', 'check', 'add-dark-mode', id)))
  expect(ended.map(({ code }) => code)).toEqual(IDS.map(() => 0))
  expect(read('tasks.md')).toBe(TASKS.replaceAll('[ ]', '[x]'))
})

it('a decision of a person beside checks and verifications stays in the ledger', async () => {
  const commands = [
    ['review', 'reset', 'add-dark-mode', '--reason', 'first'],
    ['task', 'check', 'add-dark-mode', '1.1'],
    ['task', 'check', 'add-dark-mode', '1.2'],
    ['verify', '--write'],
  ]
  const ended = await Promise.all(commands.map(args => opsx(...args)))
  const done = commands.filter((_, index) => ended[index]?.code === 0)
  for (const args of done) {
    if (args[0] === 'review') expect(read('proposal.md')).toContain(args.at(-1))
    if (args[0] === 'task') expect(read('tasks.md')).toContain(`- [x] ${args.at(-1)}`)
  }
  expect(done.length).toBeGreaterThanOrEqual(3)
})

it('what a killed run left is out of sight of git, and the next run removes it', async () => {
  await opsx('task', 'check', 'add-dark-mode', '1.1')
  repository.commit('Check the first task')
  const leftover = join(repository.path, CHANGE, `.tasks.md.${2 ** 22 + 1}.0123456789ab.tmp`)
  writeFileSync(leftover, 'half')
  expect(repository.status()).toEqual([])
  const { code } = await opsx('task', 'check', 'add-dark-mode', '1.2')
  expect([code, existsSync(leftover)]).toEqual([0, false])
})

it('an editor that saves all the time loses nothing', async () => {
  const path = join(repository.path, CHANGE, 'tasks.md')
  let saves = 0
  const timer = setInterval(() => {
    saves += 1
    const text = readFileSync(path, 'utf8')
    writeFileSync(`${path}.swp`, `${text.split('\n---\n')[0]}\n---\nsave ${saves}\n`)
    renameSync(`${path}.swp`, path)
  }, 3)
  const ended = await Promise.all(IDS.slice(0, 4).map(id => opsx('task', 'check', 'add-dark-mode', id)))
  clearInterval(timer)
  const text = read('tasks.md')
  expect(saves).toBeGreaterThan(10)
  expect(ended.filter(({ code }) => code !== 0 && code !== 75)).toEqual([])
  expect(text).toContain('save ')
  expect(text.split('\n').filter(line => line.startsWith('- ['))).toHaveLength(IDS.length)
})
