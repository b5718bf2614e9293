import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRepository, type Repository } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'

const BIN = join(import.meta.dirname, '..', '..', 'dist', 'bin.js')
const CHANGE = 'openspec/changes/add-dark-mode'

let repository: Repository
beforeEach(() => {
  repository = createRepository()
  repository.commit('Start', {
    'openspec/config.yaml': 'schema: spec-driven\n',
    'openspec/linear.yaml': 'workspace:\n  slug: acme\nteams:\n  CAM: {}\n',
    '.gitignore': '.env\n',
    [`${CHANGE}/proposal.md`]:
      '---\nlinear_story_identifier: CAM-1\nlinear_team: CAM\n---\n\n## Why\n\nReaders want a theme for the night.\n',
    [`${CHANGE}/tasks.md`]: '- [x] 1.1 Add the theme\n',
  })
})
afterEach(() => repository.remove())

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  const ended = (stdio: ('ignore' | 'pipe' | number)[]) =>
    new Promise<{ code: number | null; err: string }>(resolve => {
      const child = spawn(process.execPath, [BIN, 'status'], { cwd: repository.path, stdio: stdio as never })
      let err = ''
      child.stderr?.setEncoding('utf8').on('data', text => {
        err += text
      })
      child.on('close', code => resolve({ code, err }))
    })

  it('on standard output is one line and exit code 74', async () => {
    const { code, err } = await ended(['ignore', openSync('/dev/full', 'w'), 'pipe'])
    expect([code, err]).toEqual([74, expect.stringMatching(/^Standard output cannot be written: .*\n$/)])
  })

  it('on standard error changes nothing', async () => {
    const { code } = await ended(['ignore', 'pipe', openSync('/dev/full', 'w')])
    expect(code).toBe(0)
  })
})

describe.skipIf(process.platform === 'win32')('a named pipe', () => {
  const pipe = (path: string) => {
    mkdirSync(join(repository.path, path, '..'), { recursive: true })
    spawnSync('mkfifo', [join(repository.path, path)])
  }

  it('as .env is refused and not read', async () => {
    pipe('.env')
    const { code, err } = await spawnOpsx(['sync'], { directory: repository.path })
    expect([code, err]).toEqual([2, expect.stringContaining('it is not a file')])
  })

  it.each(['verify.md', 'design.md'])('as %s is reported, and the other files are read', async file => {
    pipe(`${CHANGE}/${file}`)
    const { code, out } = await spawnOpsx(['verify', '--json'], { directory: repository.path })
    expect(code).not.toBe(70)
    expect(JSON.parse(out).findings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('it is not a file') }),
    )
  })
})

it.each(['2026-02-30', '2026-13-01', '2026-1-1', 'yesterday'])('a date such as %s is refused', async date => {
  const { code, err } = await spawnOpsx(['ledger', '--since', date], { directory: repository.path })
  expect([code, err]).toEqual([2, expect.stringContaining(`--since ${date} is not a date`)])
})
