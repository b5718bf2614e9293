import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRoot } from '../../src/adapters/workspace/find-root.ts'
import { createWorkspace } from '../../src/adapters/workspace.ts'
import { OpsxError } from '../../src/errors.ts'

let base: string
let root: string

beforeEach(() => {
  base = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'opsx-workspace-')))
  root = join(base, 'root')
  fs.mkdirSync(join(root, 'openspec', 'changes'), { recursive: true })
  fs.writeFileSync(join(base, 'secret.md'), 'secret')
})

afterEach(() => fs.rmSync(base, { recursive: true, force: true }))

function codeOf(action: () => unknown): string {
  try {
    action()
    return 'no error'
  } catch (error) {
    return error instanceof OpsxError ? error.code : `not an OpsxError: ${error}`
  }
}

const temporaries = (directory: string) => fs.readdirSync(directory).filter(name => name.endsWith('.tmp'))

describe('reading', () => {
  it('keeps a byte order mark and line endings', () => {
    fs.writeFileSync(join(root, 'a.md'), '\uFEFFone\r\ntwo\n')
    expect(createWorkspace(root).read('a.md')).toBe('\uFEFFone\r\ntwo\n')
  })

  it('answers undefined for a file that is missing, also below a file or a missing directory', () => {
    fs.writeFileSync(join(root, 'a.md'), '')
    const workspace = createWorkspace(root)
    expect([workspace.read('b.md'), workspace.read('a.md/b/c'), workspace.read('x/y/z')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('refuses a directory and bytes that are not UTF-8, and accepts a replacement character', () => {
    fs.writeFileSync(join(root, 'latin.md'), Buffer.from([0x66, 0xfc, 0x72]))
    fs.writeFileSync(join(root, 'ok.md'), 'f\uFFFDr')
    const workspace = createWorkspace(root)
    expect(codeOf(() => workspace.read('openspec'))).toBe('FILE_UNREADABLE')
    expect(codeOf(() => workspace.read('latin.md'))).toBe('FILE_UNREADABLE')
    expect(workspace.read('ok.md')).toBe('f\uFFFDr')
  })

  it.skipIf(process.getuid?.() === 0)('reports a file that may not be read', () => {
    fs.writeFileSync(join(root, 'a.md'), '', { mode: 0o000 })
    expect(() => createWorkspace(root).read('a.md')).toThrow('a.md cannot be read: permission denied')
  })

  it('reads through a link inside the root', () => {
    fs.writeFileSync(join(root, 'a.md'), 'a')
    fs.symlinkSync('a.md', join(root, 'link.md'))
    expect(createWorkspace(root).read('link.md')).toBe('a')
  })
})

describe('paths that leave the root', () => {
  beforeEach(() => {
    fs.symlinkSync(join(base, 'secret.md'), join(root, 'file-link.md'))
    fs.symlinkSync(base, join(root, 'directory-link'))
    fs.symlinkSync(join(base, 'nowhere'), join(root, 'dangling'))
  })

  it.each([
    '../secret.md',
    'openspec/../../secret.md',
    'openspec\\..\\..\\secret.md',
    '..',
    'openspec/../..',
    'openspec/changes/../../../secret',
    '/etc/passwd',
    'a\0b',
    'file-link.md',
    'directory-link/secret.md',
    'directory-link/new/file.md',
    'dangling/file.md',
    'dangling',
  ])('%j is refused for reading, writing and moving', path => {
    const workspace = createWorkspace(root)
    fs.writeFileSync(join(root, 'a.md'), 'a')
    expect(codeOf(() => workspace.read(path))).toBe('PATH_ESCAPES')
    expect(codeOf(() => workspace.write(path, 'x'))).toBe('PATH_ESCAPES')
    if (!['file-link.md', 'dangling'].includes(path)) {
      expect(codeOf(() => workspace.move('a.md', path))).toBe('PATH_ESCAPES')
    }
    expect(fs.readFileSync(join(base, 'secret.md'), 'utf8')).toBe('secret')
    expect(fs.readdirSync(base).sort()).toEqual(['root', 'secret.md'])
  })

  it('are left out of a listing, and a link given as the directory is refused', () => {
    fs.symlinkSync('openspec', join(root, 'inside'))
    const workspace = createWorkspace(root)
    expect(workspace.list('')).toEqual([
      { name: 'inside', directory: true },
      { name: 'openspec', directory: true },
    ])
    expect(codeOf(() => workspace.list('directory-link'))).toBe('PATH_ESCAPES')
  })
})

describe('listing', () => {
  it('is in code-unit order and empty for what does not exist', () => {
    for (const name of ['b', 'B', 'a-1', 'é', 'a']) fs.writeFileSync(join(root, 'openspec', name), '')
    const names = createWorkspace(root)
      .list('openspec')
      .map(entry => entry.name)
    expect(names).toEqual(['B', 'a', 'a-1', 'b', 'changes', 'é'])
    expect(createWorkspace(root).list('openspec/none')).toEqual([])
  })

  it('leaves out links that lead back to a directory above', () => {
    fs.mkdirSync(join(root, 'openspec', 'other'))
    fs.symlinkSync('..', join(root, 'openspec', 'changes', 'up'))
    fs.symlinkSync('../other', join(root, 'openspec', 'changes', 'across'))
    fs.symlinkSync('../changes', join(root, 'openspec', 'other', 'back'))
    const workspace = createWorkspace(root)
    expect(workspace.list('openspec/changes')).toEqual([{ name: 'across', directory: true }])
    expect(workspace.list('openspec/changes/across')).toEqual([])
  })
})

describe('writing', () => {
  it('replaces a file, keeps its mode and leaves no temporary file', () => {
    fs.writeFileSync(join(root, 'a.sh'), 'old')
    fs.chmodSync(join(root, 'a.sh'), 0o750)
    createWorkspace(root).write('a.sh', 'new')
    expect(fs.readFileSync(join(root, 'a.sh'), 'utf8')).toBe('new')
    expect(fs.statSync(join(root, 'a.sh')).mode & 0o777).toBe(0o750)
    expect(temporaries(root)).toEqual([])
  })

  it('creates missing directories', () => {
    createWorkspace(root).write('x/y/z.md', 'z')
    expect(fs.readFileSync(join(root, 'x/y/z.md'), 'utf8')).toBe('z')
  })

  it('writes through no link, also inside the root', () => {
    fs.writeFileSync(join(root, 'a.md'), 'a')
    fs.symlinkSync('a.md', join(root, 'link.md'))
    fs.symlinkSync('openspec', join(root, 'directory'))
    const workspace = createWorkspace(root)
    expect(codeOf(() => workspace.write('link.md', 'b'))).toBe('PATH_ESCAPES')
    expect(codeOf(() => workspace.write('directory/b.md', 'b'))).toBe('PATH_ESCAPES')
    expect(codeOf(() => workspace.move('a.md', 'directory/a.md'))).toBe('PATH_ESCAPES')
    expect(fs.readFileSync(join(root, 'a.md'), 'utf8')).toBe('a')
    expect(fs.lstatSync(join(root, 'link.md')).isSymbolicLink()).toBe(true)
  })

  it('replaces no text that is not the one it was made of', () => {
    fs.writeFileSync(join(root, 'a.md'), 'saved by an editor')
    const workspace = createWorkspace(root)
    expect(codeOf(() => workspace.write('a.md', 'b', 'a'))).toBe('FILE_CHANGED')
    expect(fs.readFileSync(join(root, 'a.md'), 'utf8')).toBe('saved by an editor')
    expect(temporaries(root)).toEqual([])
    workspace.write('a.md', 'b', 'saved by an editor')
    expect(fs.readFileSync(join(root, 'a.md'), 'utf8')).toBe('b')
  })

  it('names the path and the reason when it fails, and leaves no temporary file', () => {
    fs.writeFileSync(join(root, 'file'), '')
    const workspace = createWorkspace(root)
    expect(codeOf(() => workspace.write('openspec', 'x'))).toBe('FILE_NOT_WRITTEN')
    expect(() => workspace.write('file/below', 'x')).toThrow('file/below was not written: ')
    expect(temporaries(root)).toEqual([])
  })

  it('hides what an interrupted write left behind', () => {
    fs.writeFileSync(join(root, 'openspec', '.a.md.123.0123456789ab.tmp'), '')
    expect(
      createWorkspace(root)
        .list('openspec')
        .map(entry => entry.name),
    ).toEqual(['changes'])
  })
})

describe('moving', () => {
  it('moves a directory into one that does not exist yet', () => {
    const workspace = createWorkspace(root)
    workspace.write('openspec/changes/a/proposal.md', 'p')
    workspace.move('openspec/changes/a', 'openspec/changes/archive/2026-01-02-a')
    expect(workspace.read('openspec/changes/archive/2026-01-02-a/proposal.md')).toBe('p')
    expect(workspace.list('openspec/changes').map(entry => entry.name)).toEqual(['archive'])
  })

  it('refuses a target that exists, even an empty directory, and a source that does not', () => {
    const workspace = createWorkspace(root)
    workspace.write('a/b.md', '')
    fs.mkdirSync(join(root, 'empty'))
    expect(codeOf(() => workspace.move('a', 'empty'))).toBe('FILE_NOT_WRITTEN')
    expect(codeOf(() => workspace.move('none', 'new'))).toBe('FILE_NOT_WRITTEN')
  })
})

describe('findRoot', () => {
  it('finds the nearest directory that contains openspec/', () => {
    fs.mkdirSync(join(root, 'packages/a/openspec'), { recursive: true })
    fs.mkdirSync(join(root, 'packages/b/src'), { recursive: true })
    expect(findRoot(join(root, 'packages/a'))).toBe(join(root, 'packages/a'))
    expect(findRoot(join(root, 'packages/b/src'))).toBe(root)
    expect(findRoot(base)).toBeUndefined()
  })
})

describe('replacing', () => {
  const read = (path: string) => fs.readFileSync(join(root, path), 'utf8')

  it('puts a file in the place of another, keeps what was there and its mode, and can go back', () => {
    const workspace = createWorkspace(root)
    workspace.write('openspec/a.md', 'old')
    fs.chmodSync(join(root, 'openspec/a.md'), 0o640)
    workspace.write('.opsx/new', 'new')
    workspace.replace({ from: '.opsx/new', to: 'openspec/a.md', keep: '.opsx/old' })
    expect([read('openspec/a.md'), read('.opsx/old')]).toEqual(['new', 'old'])
    expect(fs.statSync(join(root, 'openspec/a.md')).mode & 0o777).toBe(0o640)
    workspace.replace({ from: '.opsx/old', to: 'openspec/a.md', keep: '.opsx/new' })
    expect([read('openspec/a.md'), read('.opsx/new')]).toEqual(['old', 'new'])
  })

  it('makes directories for a new file, and takes a file away into keeping', () => {
    const workspace = createWorkspace(root)
    workspace.write('.opsx/new', 'new')
    workspace.replace({ from: '.opsx/new', to: 'openspec/x/y/a.md', keep: '.opsx/old' })
    expect(read('openspec/x/y/a.md')).toBe('new')
    workspace.replace({ from: null, to: 'openspec/x/y/a.md', keep: '.opsx/old' })
    expect(workspace.read('openspec/x/y/a.md')).toBeUndefined()
    expect(read('.opsx/old')).toBe('new')
    workspace.removeEmpty('openspec/x/y')
    workspace.removeEmpty('openspec')
    workspace.removeEmpty('openspec/nowhere')
    expect(fs.readdirSync(join(root, 'openspec')).sort()).toEqual(['changes', 'x'])
  })

  it('removes a directory with all that is in it, follows no link, and refuses what leads out', () => {
    const workspace = createWorkspace(root)
    workspace.write('.opsx/archive/a/b', 'x')
    fs.symlinkSync(base, join(root, '.opsx/archive/out'))
    workspace.remove('.opsx/archive')
    workspace.remove('.opsx/archive')
    expect(fs.readdirSync(join(root, '.opsx'))).toEqual([])
    expect(fs.existsSync(join(base, 'secret.md'))).toBe(true)
    const out = { from: null, to: '../secret.md', keep: '.opsx/old' }
    expect(codeOf(() => workspace.replace(out))).toBe('PATH_ESCAPES')
    expect(codeOf(() => workspace.remove('../secret.md'))).toBe('PATH_ESCAPES')
  })
})

describe('digests and stamps', () => {
  it('hashes any bytes, and text as if its lines ended with LF', () => {
    fs.writeFileSync(join(root, 'crlf.txt'), 'a\r\nb\r\n')
    fs.writeFileSync(join(root, 'lf.txt'), 'a\nb\n')
    fs.writeFileSync(join(root, 'latin.txt'), Buffer.from([0x66, 0xfc, 0x0d, 0x0a]))
    fs.writeFileSync(join(root, 'latin-lf.txt'), Buffer.from([0x66, 0xfc, 0x0a]))
    fs.writeFileSync(join(root, 'crlf.bin'), Buffer.from([0x00, 0x0d, 0x0a]))
    fs.writeFileSync(join(root, 'lf.bin'), Buffer.from([0x00, 0x0a]))
    const { digest } = createWorkspace(root)
    expect(digest('crlf.txt')).toBe(digest('lf.txt'))
    expect(digest('latin.txt')).toBe(digest('latin-lf.txt'))
    expect(digest('crlf.bin')).not.toBe(digest('lf.bin'))
    expect(digest('lf.txt')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('has none for a file that is missing, and none outside the root', () => {
    fs.symlinkSync(join(base, 'secret.md'), join(root, 'link.md'))
    const { digest, stamp } = createWorkspace(root)
    for (const read of [digest, stamp]) {
      expect(read('missing.md')).toBeUndefined()
      expect(codeOf(() => read('../secret.md'))).toBe('PATH_ESCAPES')
      expect(codeOf(() => read('link.md'))).toBe('PATH_ESCAPES')
    }
    expect(codeOf(() => digest('openspec'))).toBe('FILE_UNREADABLE')
  })

  it('updates the time of a file when it is written, also with the same bytes and an old time', () => {
    const file = join(root, 'report.xml')
    fs.writeFileSync(file, 'x')
    fs.utimesSync(file, 1, 1)
    const { stamp } = createWorkspace(root)
    const before = stamp('report.xml')
    expect(stamp('report.xml')).toBe(before)
    fs.rmSync(file)
    fs.writeFileSync(join(root, 'other'), '')
    fs.writeFileSync(file, 'x')
    fs.utimesSync(file, 1, 1)
    expect(stamp('report.xml')).not.toBe(before)
  })
})
