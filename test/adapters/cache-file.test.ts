import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCacheFile } from '../../src/adapters/cache-file.ts'
import { temporaryDirectory } from '../support/git-repository.ts'

it('keeps a file for each root of a repository, and one for each of its working trees', () => {
  const top = temporaryDirectory()
  const common = join(top, '.git')
  mkdirSync(common)
  const roots = [top, join(top, 'a'), join(top, 'b'), `${top}-worktree`]
  for (const root of roots) createCacheFile(common, root, 'kept').write(root)
  expect(roots.map(root => createCacheFile(common, root, 'kept').read())).toEqual(roots)
  expect(readdirSync(join(common, '.opsx')).filter(name => name === 'kept')).toEqual(['kept'])
})

it('holds nothing, and says nothing, where it cannot be written', () => {
  const top = temporaryDirectory()
  writeFileSync(join(top, '.git'), 'a file')
  const file = createCacheFile(join(top, '.git'), top, 'kept')
  file.write('text')
  expect(file.read()).toBeUndefined()
})

it('clears away what a killed run left of it, and nothing else', () => {
  const top = temporaryDirectory()
  const folder = join(top, '.git', '.opsx')
  mkdirSync(folder, { recursive: true })
  for (const name of ['kept.1.0123456789ab.tmp', 'kept-2.1.0123456789ab.tmp', 'lock']) {
    writeFileSync(join(folder, name), 'half')
  }
  createCacheFile(join(top, '.git'), top, 'kept').write('text')
  expect(readdirSync(folder).sort()).toEqual(['kept', 'kept-2.1.0123456789ab.tmp', 'lock'])
})
