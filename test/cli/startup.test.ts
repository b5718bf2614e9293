import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BIN = join(ROOT, 'dist', 'bin.js')
const PROBE = join(ROOT, 'test', 'support', 'loaded-modules.cjs')

interface Loaded {
  /** Files of dist, by name. */
  files: string[]
  /** Packages of which one of these files holds a part. */
  packages: string[]
  /** Our own sources in these files, but for those that every run begins with. */
  sources: string[]
  /** Modules of Node that were required. */
  builtins: string[]
  /** Files and modules of Node by name, as they were first asked for. */
  order: string[]
}

/** What reads YAML and frontmatter. */
const YAML_READER = [
  'extend-shallow',
  'gray-matter',
  'is-extendable',
  'js-yaml',
  'kind-of',
  'section-matter',
  'strip-bom-string',
]

let repository: string

function loadedBy(...words: string[]): Loaded {
  const report = join(repository, 'loaded.json')
  const { status, stderr } = spawnSync(process.execPath, ['--require', PROBE, BIN, ...words], {
    cwd: repository,
    env: { ...process.env, LOADED_MODULES: report, LINEAR_API_KEY: '' },
    encoding: 'utf8',
  })
  expect(status, stderr).not.toBe(70)
  const sourcesOf: Record<string, string[]> = JSON.parse(
    readFileSync(join(ROOT, 'dist', 'meta.json'), 'utf8'),
  )
  const loaded: Pick<Loaded, 'files' | 'builtins' | 'order'> = JSON.parse(readFileSync(report, 'utf8'))
  const files = loaded.files.filter(file => dirname(file) === dirname(BIN)).map(file => basename(file))
  const inputs = files.flatMap(file => {
    const sources = sourcesOf[file]
    if (!sources) throw new Error(`dist/meta.json does not know ${file}`)
    return sources
  })
  const packages = inputs.flatMap(input => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [])
  return {
    files,
    packages: [...new Set(packages)].sort(),
    sources: inputs.filter(input => input.startsWith('src/') && !sourcesOf['bin.js']?.includes(input)),
    builtins: loaded.builtins,
    order: loaded.order.map(name => basename(name)),
  }
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'opsx-startup-'))
  const generator = join(ROOT, 'bench', 'generate.mjs')
  execFileSync(process.execPath, [generator, repository, '--changes', '2'])
  const git = (...words: string[]) => execFileSync('git', words, { cwd: repository })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', 'openspec')
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--no-verify', '--message', 'base')
})
afterAll(() => rmSync(repository, { recursive: true, force: true }))

describe('starting', () => {
  it.each([[['status']], [['status', '--json']], [['status', 'change-0001']], [['status', '--archived']]])(
    '%j loads a YAML reader, and no more',
    words => expect(loadedBy(...words).packages).toEqual(YAML_READER),
  )

  it.each([[['verify']], [['verify', '--all', '--json']], [['verify', 'change-0001', '--strict']]])(
    '%j loads a YAML reader, and no more',
    words => expect(loadedBy(...words).packages).toEqual(YAML_READER),
  )

  it('verify loads neither what writes, nor Linear, nor the editing modules', () => {
    const { sources, builtins } = loadedBy('verify')
    const foreign =
      /^src\/(?:sync|local-linear|adapters\/(?:linear|git\/git-pu)|markdown\/yaml-|commands\/verify-write)/
    expect(sources.filter(source => foreign.test(source))).toEqual([])
    expect(builtins.filter(name => ['crypto', 'http', 'https', 'readline', 'v8'].includes(name))).toEqual([])
  })

  it('verify opens six files', () => {
    const files = ['bin.js', 'core.js', 'git.js', 'reading.js', 'telling.js', 'verifying.js']
    expect(loadedBy('verify').files.sort()).toEqual(files)
  })

  it('verify starts git before it reads a second file', () => {
    const { order } = loadedBy('verify')
    expect(order.indexOf('child_process')).toBeLessThan(order.indexOf('core.js'))
  })

  it('status loads neither Linear, nor the editing modules, nor git', () => {
    const { sources } = loadedBy('status')
    const foreign = /^src\/(?:sync|local-linear|specs|adapters\/(?:linear|git)|markdown\/yaml-)/
    expect(sources.filter(source => foreign.test(source))).toEqual([])
  })

  it('status can start no process, open no connection and hash nothing', () => {
    const heavy = ['child_process', 'crypto', 'http', 'https', 'net', 'readline', 'tls']
    expect(loadedBy('status').builtins.filter(name => heavy.includes(name))).toEqual([])
  })

  it('status opens three files', () => {
    expect(loadedBy('status').files.sort()).toEqual(['bin.js', 'core.js', 'reading.js'])
  })

  it('--help opens three files, and --version one', () => {
    expect(loadedBy('--help').files.sort()).toEqual(['bin.js', 'core.js', 'program.js'])
    expect(loadedBy('--version').files).toEqual(['bin.js'])
  })

  it('is seen by the probe: doctor does ask git', () => {
    expect(loadedBy('doctor').builtins).toContain('child_process')
  })
})
