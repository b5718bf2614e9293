import { expect, it } from 'vitest'
import { cachedFiles } from '../../src/change/cached-files.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

/** A workspace that records its calls. */
function watched(files: Record<string, string>) {
  const asked: string[] = []
  const workspace = memoryWorkspace(files)
  return {
    asked,
    files: workspace.files,
    workspace: {
      root: workspace.root,
      list(directory: string) {
        asked.push(`list ${directory}`)
        return workspace.list(directory)
      },
      read(path: string) {
        asked.push(`read ${path}`)
        return workspace.read(path)
      },
    },
  }
}

it('reads and lists once what is asked for twice', () => {
  const { workspace, asked } = watched({ 'a/one.md': 'one' })
  const files = cachedFiles(workspace)
  for (const _ of [1, 2]) {
    expect(files.read('a/one.md')).toBe('one')
    expect(files.read('a/none.md')).toBeUndefined()
    expect(files.list('a')).toEqual([{ name: 'one.md', directory: false }])
  }
  expect(asked).toEqual(['read a/one.md', 'read a/none.md', 'list a'])
})

it('asks the disk for no file that its directory does not list', () => {
  const { workspace, asked } = watched({ 'a/one.md': 'one', 'top.md': 'top' })
  const files = cachedFiles(workspace)
  files.list('a')
  files.list('')
  expect([files.read('a/none.md'), files.read('none.md')]).toEqual([undefined, undefined])
  expect([files.read('a/one.md'), files.read('top.md')]).toEqual(['one', 'top'])
  expect(asked).toEqual(['list a', 'list ', 'read a/one.md', 'read top.md'])
})
