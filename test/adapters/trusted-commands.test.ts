import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTrustedCommands } from '../../src/adapters/trusted-commands.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

let home: string
beforeEach(() => {
  home = temporaryDirectory()
  for (const name of ['a', 'b']) mkdirSync(join(home, name))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const trusted = (repository = 'a', env: Record<string, string> = { HOME: home }) =>
  createTrustedCommands(join(home, repository), env)

describe.skipIf(process.platform === 'win32')('accepted commands', () => {
  it('are stored by repository, outside of it, for this user alone', () => {
    expect(trusted().has('sha256:1')).toBe(false)
    trusted().add(['sha256:1'])
    trusted().add(['sha256:2', 'sha256:1'])
    expect([trusted().has('sha256:1'), trusted().has('sha256:2'), trusted().has('sha256:3')]).toEqual([
      true,
      true,
      false,
    ])
    expect(trusted('b').has('sha256:1')).toBe(false)
    expect(readdirSync(join(home, 'a'))).toEqual([])
    const directory = join(home, '.local/state/opsx/trusted')
    const [file = ''] = readdirSync(directory)
    expect(readdirSync(directory)).toHaveLength(1)
    expect(statSync(join(directory, file)).mode & 0o077).toBe(0)
  })

  it('are in XDG_STATE_HOME when that is an absolute path', () => {
    trusted('a', { HOME: home, XDG_STATE_HOME: join(home, 'state') }).add(['sha256:1'])
    trusted('a', { HOME: home, XDG_STATE_HOME: 'relative' }).add(['sha256:1'])
    expect(readdirSync(join(home, 'state/opsx/trusted'))).toHaveLength(1)
    expect(readdirSync(join(home, '.local/state/opsx/trusted'))).toHaveLength(1)
  })

  it.each(['', '{', '[]', 'null', '{"repository":"/elsewhere","commands":["sha256:1"]}'])(
    'are none in a file that holds %j, which the next one replaces',
    text => {
      trusted().add(['sha256:0'])
      const directory = join(home, '.local/state/opsx/trusted')
      const file = join(directory, readdirSync(directory)[0] ?? '')
      writeFileSync(file, text)
      expect(trusted().has('sha256:1')).toBe(false)
      trusted().add(['sha256:1'])
      expect(trusted().has('sha256:1')).toBe(true)
    },
  )

  it('are not written again when they are known', () => {
    trusted().add(['sha256:1'])
    const directory = join(home, '.local/state/opsx/trusted')
    const file = join(directory, readdirSync(directory)[0] ?? '')
    const { ino } = statSync(file)
    trusted().add(['sha256:1'])
    expect(statSync(file).ino).toBe(ino)
    expect(readFileSync(file, 'utf8')).toContain('sha256:1')
  })

  it('are reported when they cannot be stored', () => {
    writeFileSync(join(home, '.local'), 'a file')
    expect(() => trusted().add(['sha256:1'])).toThrow(/was not written/)
  })
})
