import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
let packed: string[] = []

beforeAll(() => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const out = execFileSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  packed = JSON.parse(out)[0].files.map(({ path }: { path: string }) => path)
})

/** Everything that may be in the package. */
const KINDS = [
  /^dist\/[\w-]+\.js$/,
  /^dist\/(?:linear-schema\.graphql|package\.json)$/,
  /^templates\/(?:[a-z-]+\/)?[A-Za-z-]+\.(?:md|yml|yaml|mjs|bash|zsh|fish)$/,
  /^schemas\/(?:documents\/)?[a-z.-]+(?:@1)?\.json$/,
  /^docs\/(?:findings\/)?[a-z-]+\.md$/,
  /^(?:package\.json|README\.md|CHANGELOG\.md|FORMATS\.md|LICENSE|THIRD-PARTY-NOTICES)$/,
]

describe('the package', () => {
  it('has the program, the files it reads, its documents and its licenses', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.ts'))
      .map(path => readFileSync(join(ROOT, 'src', path), 'utf8'))
      .join('\n')
    const read = [
      ...sources.matchAll(/shipped\(\s*'([^']+)'/g),
      ...sources.matchAll(/'(templates\/[^'$]+\.[a-z]+)'/g),
    ]
    const documents = [
      'README.md',
      'CHANGELOG.md',
      'FORMATS.md',
      'LICENSE',
      'THIRD-PARTY-NOTICES',
      ...readdirSync(join(ROOT, 'docs', 'findings')).map(name => `docs/findings/${name}`),
    ]
    const needed = [...read.map(match => match[1] ?? ''), ...documents, 'dist/bin.js', 'dist/package.json']
    const templates = readdirSync(join(ROOT, 'templates'), {
      recursive: true,
      encoding: 'utf8',
      withFileTypes: true,
    })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(ROOT.length + 1)
          .replaceAll('\\', '/'),
      )
    expect(read.length).toBeGreaterThan(3)
    expect([...needed, ...templates].filter(path => !packed.includes(path))).toEqual([])
  })

  it('has nothing else: no source, no test, no map, nothing that only tests run', () => {
    expect(packed.filter(path => !KINDS.some(kind => kind.test(path)))).toEqual([])
    expect(packed).not.toContain('dist/chaos.js')
    const chunks = packed.filter(path => /^dist\/.*\.js$/.test(path))
    const code = chunks.flatMap(path => readFileSync(join(ROOT, path), 'utf8').split('\n'))
    const text = code.filter(line => !/^\s*(?:\*|\/\/)/.test(line)).join('\n')
    const wanted = [...text.matchAll(/\b(?:require|import)\(["']\.\/([\w-]+\.js)["']\)/g)].map(
      match => `dist/${match[1]}`,
    )
    expect(wanted.length).toBeGreaterThan(chunks.length)
    expect([...new Set(wanted)].filter(path => !packed.includes(path))).toEqual([])
  })

  it('is a command and no library: nothing can be imported from it, and installing it installs nothing else', () => {
    expect(manifest.bin).toEqual({ opsx: 'dist/bin.js' })
    expect(manifest.exports).toEqual({ './package.json': './package.json' })
    const open = [
      'main',
      'module',
      'browser',
      'types',
      'typings',
      'dependencies',
      'peerDependencies',
      'optionalDependencies',
    ]
    expect(open.filter(key => key in manifest)).toEqual([])
    expect(packed.filter(path => /\.d\.[cm]?ts$/.test(path))).toEqual([])
    expect(Object.keys(manifest.scripts).filter(name => /install|prepare$/.test(name))).toEqual([])
  })

  it('has no finding of publint', async () => {
    const { messages } = await publint({ pkgDir: ROOT, level: 'suggestion', strict: true })
    expect(messages.map(message => formatMessage(message, manifest))).toEqual([])
  })
})

describe('the changelog', () => {
  const changelog = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
  const versions = [...changelog.matchAll(/^## \[?([^\]\s]+)\]?(?: - (.+))?$/gm)].map(match => match[1])

  it('begins with what is unreleased, and then has the version of the package', () => {
    expect(versions.slice(0, 2)).toEqual(['Unreleased', manifest.version])
  })

  it('has the sections of Keep a Changelog', () => {
    const sections = [...changelog.matchAll(/^### (.+)$/gm)].map(match => match[1] ?? '')
    const known = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security', 'Known limits']
    expect(sections.filter(section => !known.includes(section))).toEqual([])
  })

  it('names no command that there is not', () => {
    const program = readFileSync(join(ROOT, 'src', 'cli', 'program.ts'), 'utf8')
    const verbs = [...program.matchAll(/^\s+(?:\{ )?name: '([a-z-]+)'/gm)].map(match => match[1])
    const named = [...changelog.matchAll(/`opsx ([a-z-]+)/g)].map(match => match[1])
    expect(named.filter(verb => !verbs.includes(verb))).toEqual([])
  })
})
