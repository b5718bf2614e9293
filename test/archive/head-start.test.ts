import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { changeNamedIn } from '../../src/adapters/git/head-start.ts'
import { createBase } from '../verify-cli/subject.ts'
import { verified } from './archivable.ts'

const BIN = join(import.meta.dirname, '..', '..', 'dist', 'bin.js')
const CHANGES = 'openspec/changes'

const words: [string, string[], string | undefined][] = [
  ['a name', ['one'], `${CHANGES}/one`],
  ['a name behind flags', ['--dry-run', '--force', 'tasks/open', 'one', '--json'], `${CHANGES}/one`],
  ['a path', [`${CHANGES}/one/`], `${CHANGES}/one`],
  ['a path that leads out', ['../../../one'], `${CHANGES}/one`],
  ['a name with a date of its own', ['2026-01-02-two'], `${CHANGES}/2026-01-02-two`],
  ['a name with a date that the change has not', ['2026-01-02-one'], undefined],
  ['no change', ['absent'], undefined],
  ['no word', ['--dry-run'], undefined],
  ['nothing', ['', '/'], undefined],
  ['a directory above', ['..', '.', 'x/..'], undefined],
  ['the archive', ['archive', `${CHANGES}/archive/`], undefined],
  ['a hidden directory', ['.hidden'], undefined],
  ['a link', ['linked'], `${CHANGES}/linked`],
  ['a magic word of git', [':(top)one', ':/one', '*'], `${CHANGES}/one`],
  ['a very long word', ['a'.repeat(5000)], undefined],
]

test.each(words)('git is asked early about the change that is named: %s', (_, given, found) => {
  const root = join(tmpdir(), `opsx-named-${process.pid}`)
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const name of ['one', '2026-01-02-two', 'archive', '.hidden']) {
    mkdirSync(join(root, CHANGES, name), { recursive: true })
  }
  symlinkSync('one', join(root, CHANGES, 'linked'))
  expect(changeNamedIn(given, root)).toBe(found)
})

const forms = ['add-dark-mode', `${CHANGES}/add-dark-mode/`, '2026-01-02-add-dark-mode']

test.each(forms)('git says once how the change stands, however it is named: %s', form => {
  const { repository } = createBase(verified())
  const trace = join(repository.path, 'trace')
  const { status } = spawnSync(process.execPath, [BIN, 'archive', form, '--dry-run'], {
    cwd: repository.path,
    env: { ...process.env, GIT_TRACE: trace },
  })
  expect(status).toBe(0)
  const asked = readFileSync(trace, 'utf8').match(/built-in: git .*/g) ?? []
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatch(/ status .* -- openspec\/changes\/add-dark-mode$/)
})
