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
  /** Packages that one of these files bundles a part of. */
  packages: string[]
  /** Our own sources in these files, but for those that every run begins with. */
  sources: string[]
  /** Modules of Node that were required. */
  builtins: string[]
}

/** What reads YAML and frontmatter, and checks their shape. */
const READERS = [
  'extend-shallow',
  'gray-matter',
  'is-extendable',
  'js-yaml',
  'kind-of',
  'section-matter',
  'strip-bom-string',
  'zod',
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
  const loaded: Pick<Loaded, 'files' | 'builtins'> = JSON.parse(readFileSync(report, 'utf8'))
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
  it.each([[['status']], [['status', 'change-0001']], [['verify']], [['verify', 'change-0001', '--json']]])(
    '%j loads what reads files and the command line, and no other library',
    words => expect(loadedBy(...words).packages).toEqual(['commander', ...READERS].sort()),
  )

  it.each([['status'], ['verify']])('%s loads neither Linear nor the editing modules', verb => {
    const { sources, builtins } = loadedBy(verb)
    const foreign = /^src\/(?:local-linear|adapters\/linear|markdown\/yaml-(?:edit|mapping|list))/
    expect(sources.filter(source => foreign.test(source))).toEqual([])
    expect(builtins.filter(name => ['http', 'https', 'net', 'tls'].includes(name))).toEqual([])
  })

  it('status starts no git', () => {
    const { sources } = loadedBy('status')
    expect(sources.filter(source => source.startsWith('src/adapters/git'))).toEqual([])
  })

  it('--help loads no command', () => {
    const { sources } = loadedBy('--help')
    expect(
      sources.filter(source => source !== 'src/commands/verb.ts' && source.startsWith('src/commands')),
    ).toEqual([])
  })

  it('is seen by the probe: doctor does ask git', () => {
    const { sources } = loadedBy('doctor')
    expect(sources.filter(source => source.startsWith('src/adapters/git'))).not.toEqual([])
  })
})
