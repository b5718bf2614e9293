import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const isOurs = Number.parseInt(process.versions.node, 10) < 22

/** A program of its own, so that a test may change its files, a repository and a home. */
let base: string
let home: string
let bin: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'opsx-code-'))
  home = join(base, 'home')
  bin = join(base, 'opsx', 'dist', 'bin.js')
  mkdirSync(home)
  mkdirSync(join(base, 'opsx'))
  for (const name of ['dist', 'templates', 'package.json']) {
    cpSync(join(ROOT, name), join(base, 'opsx', name), { recursive: true })
  }
  addChange('add-light')
})
afterEach(() => {
  chmodSync(home, 0o700)
  rmSync(base, { recursive: true, force: true })
})

function addChange(name: string): void {
  const change = join(base, 'repository', 'openspec', 'changes', name)
  mkdirSync(change, { recursive: true })
  writeFileSync(join(change, 'proposal.md'), '## Why\n\nBecause.\n')
}

function opsx(words: string[], { env = {}, flags = [] as string[] } = {}) {
  const run = spawnSync(process.execPath, [...flags, bin, ...words], {
    cwd: join(base, 'repository'),
    env: { PATH: process.env.PATH, HOME: home, LOCALAPPDATA: home, ...env },
    encoding: 'utf8',
  })
  return { status: run.status, stdout: run.stdout, stderr: run.stderr }
}

/** Every file below a directory, relative to it, in order. */
function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(directory, path)).isFile())
    .sort()
}

function keptFile(verb: string): string {
  const [found, ...others] = filesBelow(base).filter(path => path.endsWith(`/${verb}`))
  expect(others).toEqual([])
  return join(base, found ?? 'nothing was kept')
}

/** Says which write a file comes from: it is replaced, never written to. */
function identityOf(path: string): number {
  return statSync(path).ino
}

describe.runIf(isOurs && process.platform !== 'win32')('compiled code', () => {
  it('is kept in the cache of the user, for them alone, and nowhere else', () => {
    const before = filesBelow(join(base, 'repository'))
    expect(opsx(['status']).status).toBe(0)
    const [kept, ...others] = filesBelow(home)
    expect(others).toEqual([])
    expect(kept).toMatch(/^\.cache\/opsx\/code\/[0-9a-f]{16}-\w+-v[0-9.]+-\w+\/status$/)
    expect(statSync(keptFile('status')).mode & 0o777).toBe(0o600)
    expect(statSync(join(keptFile('status'), '..')).mode & 0o777).toBe(0o700)
    expect(filesBelow(join(base, 'repository'))).toEqual(before)
    expect(opsx(['verify'], { env: { XDG_CACHE_HOME: join(base, 'xdg') } }).status).toBe(0)
    expect(keptFile('verify').startsWith(join(base, 'xdg', 'opsx', 'code'))).toBe(true)
  })

  it.each([[['status']], [['verify', '--json']], [['--help']], [['explain', 'tasks/open']]])(
    '%j prints the same with it, and keeps it once',
    words => {
      const without = opsx(words, { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })
      expect(filesBelow(home)).toEqual([])
      const timeless = ({ stdout, ...rest }: typeof without) => ({
        ...rest,
        stdout: stdout.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, ''),
      })
      expect(timeless(opsx(words))).toEqual(timeless(without))
      const [kept = ''] = filesBelow(home)
      const first = identityOf(join(home, kept))
      expect(timeless(opsx(words))).toEqual(timeless(without))
      expect(identityOf(join(home, kept))).toBe(first)
    },
  )

  it('is used by the next run: the engine takes it, for it does not look into the source then', () => {
    const core = join(base, 'opsx', 'dist', 'core.js')
    utimesSync(core, 1e9, 1e9)
    opsx(['--help'])
    const code = readFileSync(core, 'utf8')
    const at = code.indexOf('async function run(')
    expect(at).toBeGreaterThan(0)
    writeFileSync(core, `${code.slice(0, at)}${'!'.repeat(14)}${code.slice(at + 14)}`)
    expect(opsx(['--help']).stderr).toContain('SyntaxError')
    utimesSync(core, 1e9, 1e9)
    expect(opsx(['--help'])).toMatchObject({ status: 0, stderr: '' })
  })

  it('is not used for a file that was built anew, even at the same length', () => {
    expect(opsx(['status']).stdout).toContain('add-light')
    const reading = join(base, 'opsx', 'dist', 'reading.js')
    const code = readFileSync(reading, 'utf8')
    writeFileSync(reading, code.replaceAll('"proposal.md"', '"proposal.xy"'))
    const anew = opsx(['status', '--json'])
    expect(anew.stdout).toBe(opsx(['status', '--json'], { env: { NODE_DISABLE_COMPILE_CACHE: '1' } }).stdout)
    writeFileSync(reading, code)
    expect(opsx(['status', '--json']).stdout).not.toBe(anew.stdout)
  })

  it('comes to hold the files that another call of the verb needs, and keeps those that it does not', () => {
    opsx(['status'])
    const size = statSync(keptFile('status')).size
    expect(opsx(['status', '--all-roots']).status).toBe(0)
    const both = identityOf(keptFile('status'))
    expect(statSync(keptFile('status')).size).toBeGreaterThan(size)
    opsx(['status'])
    opsx(['status', '--all-roots'])
    expect(identityOf(keptFile('status'))).toBe(both)
  })

  it('is renewed when it is days old, to hold what was compiled since', () => {
    opsx(['status'])
    const path = keptFile('status')
    const first = identityOf(path)
    const bytes = readFileSync(path)
    const stamp = Math.floor(Date.now() / 1000 - 4 * 86_400) * 1000
    const old = Buffer.from(bytes.toString('latin1').replace(/"stamp":\d{13}/, `"stamp":${stamp}`), 'latin1')
    writeFileSync(path, old)
    utimesSync(path, stamp / 1000, stamp / 1000)
    expect(opsx(['status']).status).toBe(0)
    expect(statSync(path).mtimeMs).toBeGreaterThan(stamp)
    expect(identityOf(path)).not.toBe(first)
  })

  const DAMAGES: [string, (path: string) => void][] = [
    ['cut short', path => truncateSync(path, statSync(path).size - 1000)],
    ['empty', path => writeFileSync(path, '')],
    ['garbage', path => writeFileSync(path, Buffer.alloc(300_000, 0xa5))],
    [
      'changed in one byte',
      path => {
        const bytes = readFileSync(path)
        bytes.writeUInt8(bytes.readUInt8(100_000) ^ 0x55, 100_000)
        writeFileSync(path, bytes)
      },
    ],
    [
      'of another build',
      path => {
        const text = readFileSync(path, 'latin1')
        writeFileSync(path, text.replace(/"key":"./, '"key":"x'), 'latin1')
        const { stamp } = JSON.parse(text.slice(4, text.indexOf(']]}') + 3))
        utimesSync(path, stamp / 1000, stamp / 1000)
      },
    ],
    ['writable by others', path => chmodSync(path, 0o666)],
    ['in a directory that others may write to', path => chmodSync(join(path, '..'), 0o777)],
  ]
  it.each(DAMAGES)('is ignored when it is %s', (_, damage) => {
    const first = opsx(['status'])
    damage(keptFile('status'))
    expect(opsx(['status'])).toEqual(first)
    expect(opsx(['status'])).toEqual(first)
  })

  it('is neither read nor written through a link, or where others may write', () => {
    const first = opsx(['status'])
    const directory = join(keptFile('status'), '..')
    cpSync(directory, join(base, 'elsewhere'), { recursive: true, preserveTimestamps: true })
    rmSync(directory, { recursive: true })
    symlinkSync(join(base, 'elsewhere'), directory)
    expect(opsx(['status'])).toEqual(first)
    rmSync(directory)
    mkdirSync(directory)
    chmodSync(directory, 0o777)
    expect(opsx(['status'])).toEqual(first)
    expect(readdirSync(directory)).toEqual([])
  })

  it.runIf(process.getuid?.() === 0)('is neither read nor written where it belongs to somebody else', () => {
    const first = opsx(['status'])
    const path = keptFile('status')
    const identity = identityOf(path)
    for (const foreign of [path, join(path, '..')]) {
      chownSync(foreign, 65534, 65534)
      writeFileSync(path, Buffer.alloc(1000))
      expect(opsx(['status'])).toEqual(first)
      chownSync(foreign, 0, 0)
    }
    expect(identityOf(path)).not.toBe(identity)
    rmSync(join(home, '.cache'), { recursive: true })
    chownSync(home, 65534, 65534)
    expect(opsx(['status'])).toEqual(first)
    expect(readdirSync(home)).toEqual([])
  })

  it('is done without where the home cannot be written', () => {
    const first = opsx(['status'], { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })
    writeFileSync(join(home, '.cache'), 'a file')
    expect(opsx(['status'])).toEqual(first)
    rmSync(join(home, '.cache'))
    if (process.getuid?.() !== 0) {
      chmodSync(home, 0o500)
      expect(opsx(['status'])).toEqual(first)
    }
    expect(filesBelow(home)).toEqual([])
    expect(opsx(['status'], { env: { HOME: undefined } })).toEqual(first)
    expect(opsx(['status'], { env: { HOME: 'relative' } })).toEqual(first)
    expect(filesBelow(base).filter(path => path.endsWith('/status'))).toEqual([])
  })

  it('is kept by no run that failed, that has flags of its own, or that is told not to', () => {
    expect(opsx(['status', 'no-such-change']).status).toBe(2)
    expect(opsx(['--version']).status).toBe(0)
    expect(opsx(['status'], { flags: ['--stack-size=900'] }).status).toBe(0)
    expect(opsx(['status'], { env: { NODE_OPTIONS: '--no-deprecation' } }).status).toBe(0)
    expect(opsx(['status'], { env: { NODE_DISABLE_COMPILE_CACHE: '1' } }).status).toBe(0)
    expect(filesBelow(home)).toEqual([])
  })

  it('is kept by no run that tells the engine to compile otherwise', () => {
    for (let index = 0; index < 300; index++) addChange(`add-light-${index}`)
    expect([0, 1]).toContain(opsx(['verify', '--all']).status)
    expect(filesBelow(home)).toEqual([])
  })

  it('is kept apart for each place where the same build was installed', () => {
    opsx(['status'])
    const first = keptFile('status')
    const identity = identityOf(first)
    const other = join(base, 'other', 'dist')
    cpSync(join(base, 'opsx', 'dist'), other, { recursive: true })
    for (const name of readdirSync(other)) utimesSync(join(other, name), 1e9, 1e9)
    const path = bin
    bin = join(other, 'bin.js')
    expect(opsx(['status']).status).toBe(0)
    bin = path
    expect(filesBelow(home)).toHaveLength(2)
    expect(opsx(['status']).status).toBe(0)
    expect(identityOf(first)).toBe(identity)
  })

  it('is kept of four builds, those that were last in use', () => {
    const code = join(home, '.cache', 'opsx', 'code')
    for (const day of [1, 2, 3, 4, 5]) {
      mkdirSync(join(code, `build-${day}`), { recursive: true })
      utimesSync(join(code, `build-${day}`), day * 86_400, day * 86_400)
    }
    opsx(['status'])
    const left = readdirSync(code).filter(name => !/^[0-9a-f]{16}-/.test(name))
    expect(left.sort()).toEqual(['build-3', 'build-4', 'build-5'])
  })

  it('leaves the stack of an error as it is', () => {
    const core = join(base, 'opsx', 'dist', 'core.js')
    writeFileSync(core, `throw new Error('here');${readFileSync(core, 'utf8')}`)
    const stack = (env = {}) => opsx(['status'], { env }).stderr.match(/core\.js:\d+:\d+/g)?.[0]
    expect(stack()).toBe('core.js:1:7')
    expect(stack({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('core.js:1:7')
  })
})
