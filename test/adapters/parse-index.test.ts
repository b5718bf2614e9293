import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { parseIndex } from '../../src/adapters/git/parse-index.ts'
import { createRepository, type Repository } from '../support/git-repository.ts'

const PREFIX = 'openspec/changes/b'
/** Longer than an entry's flags can count. */
const LONG = `${PREFIX}/${Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(230, 'x')).join('/')}`
const made: Repository[] = []

afterEach(() => {
  for (const repository of made.splice(0)) repository.remove()
})

/** An index whose paths share beginnings, with one that is announced only, below the prefix and beside it. */
function indexed(version: string): Repository {
  const repository = createRepository()
  made.push(repository)
  const names = ['a/x.md', 'b/x.md', 'b/deep/y.md', 'b-c/x.md', 'größe/x.md', 'b/größe.md', 'z/x.md']
  repository.commit('base', Object.fromEntries(names.map(name => [`openspec/changes/${name}`, 't\n'])))
  repository.write({ [`${PREFIX}/intended.md`]: 'i\n', [`${PREFIX}/added.md`]: 'a\n' })
  repository.git('add', '--intent-to-add', `${PREFIX}/intended.md`)
  repository.git('add', `${PREFIX}/added.md`)
  const blob = repository.git('hash-object', '-w', `${PREFIX}/added.md`)
  repository.git('update-index', '--add', '--cacheinfo', `100644,${blob},${LONG}`)
  repository.git('update-index', '--index-version', version)
  return repository
}

const bytesOf = ({ path }: Repository) => readFileSync(join(path, '.git', 'index'))

describe.each(['2', '3', '4'])('an index of version %s', version => {
  it.each(['', 'openspec/changes/', PREFIX, `${PREFIX}/`, LONG, 'absent', `${LONG}/more`])(
    'has the paths and ids that git lists: %#',
    prefix => {
      const repository = indexed(version)
      const listed = repository.git('ls-files', '-z', '--stage').split('\0').filter(Boolean)
      const wanted = listed
        .map(line => ({ path: line.split('\t')[1] ?? '', id: line.split(' ')[1] ?? '', watched: true }))
        .filter(({ path }) => path.startsWith(prefix) && path !== `${PREFIX}/intended.md`)
      const entries = parseIndex(bytesOf(repository), { prefix, idLength: 20, ids: true })
      expect(entries?.map(({ path, id, watched }) => ({ path, id, watched }))).toEqual(wanted)
    },
  )

  it('tells what git does not compare with the disk', () => {
    const repository = indexed(version)
    repository.git('update-index', '--assume-unchanged', 'openspec/changes/a/x.md')
    repository.git('update-index', '--skip-worktree', 'openspec/changes/z/x.md')
    const blob = repository.git('hash-object', '-w', 'openspec/changes/a/x.md')
    repository.git('update-index', '--add', '--cacheinfo', `120000,${blob},openspec/changes/link`)
    const entries = parseIndex(bytesOf(repository), { prefix: '', idLength: 20 }) ?? []
    const unwatched = entries.filter(({ watched }) => !watched).map(({ path }) => path)
    expect(unwatched).toEqual(['openspec/changes/a/x.md', 'openspec/changes/link', 'openspec/changes/z/x.md'])
  })

  it('has all of them or none when it is cut off', () => {
    const bytes = bytesOf(indexed(version))
    const request = { prefix: PREFIX, idLength: 20 }
    const all = parseIndex(bytes, request)
    for (let length = 12; length < bytes.length; length++) {
      let entries: ReturnType<typeof parseIndex>
      try {
        entries = parseIndex(bytes.subarray(0, length), request)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
      if (entries !== undefined) expect(entries, `${length} of ${bytes.length} bytes`).toEqual(all)
    }
  })
})
