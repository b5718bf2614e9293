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
  /** Our own sources in these files. */
  sources: string[]
  /** Modules of Node that were required. */
  builtins: string[]
}

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
  const loaded: { files: string[]; builtins: string[] } = JSON.parse(readFileSync(report, 'utf8'))
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
    sources: inputs.filter(input => input.startsWith('src/')),
    builtins: loaded.builtins,
  }
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'opsx-startup-'))
  const generator = join(ROOT, 'bench', 'generate.mjs')
  execFileSync(process.execPath, [generator, repository, '--changes', '2'])
})
afterAll(() => rmSync(repository, { recursive: true, force: true }))

describe('starting', () => {
  it.each([[['status']], [['status', '--json']], [['status', 'change-0001']], [['status', '--archived']]])(
    '%j loads a YAML reader and a command line, and no more',
    words => {
      const { packages } = loadedBy(...words)
      const matter = [
        'extend-shallow',
        'gray-matter',
        'is-extendable',
        'kind-of',
        'section-matter',
        'strip-bom-string',
      ]
      expect(packages).toEqual(['commander', 'js-yaml', ...matter].sort())
    },
  )

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

  it('--help opens two files, and --version one', () => {
    expect(loadedBy('--help').files.sort()).toEqual(['bin.js', 'core.js'])
    expect(loadedBy('--version').files).toEqual(['bin.js'])
  })

  it('is seen by the probe: doctor does ask git', () => {
    expect(loadedBy('doctor').builtins).toContain('child_process')
  })
})
