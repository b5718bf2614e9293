import { readdirSync, readFileSync } from 'node:fs'
import { posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** ARCHITECTURE's table: what each layer may import besides itself and `node:crypto` and `node:path`. */
const ALLOWED: Record<string, string[]> = {
  errors: [],
  nearest: [],
  'finding-codes': [],
  finding: ['finding-codes'],
  ports: ['errors'],
  markdown: ['errors', 'yaml', 'js-yaml', 'gray-matter', 'remark', 'remark-gfm'],
  change: ['markdown', 'errors', 'finding', 'ports', 'zod/mini', 'yaml'],
  specs: ['markdown', 'errors', 'finding', 'ports', 'zod/mini', 'yaml'],
  ledger: ['change', 'markdown', 'errors', 'finding', 'ports', 'zod/mini', 'yaml'],
  figures: [
    'change',
    'markdown',
    'nearest',
    'errors',
    'finding',
    'ports',
    'zod/mini',
    'yaml',
    'picomatch',
    'fast-xml-parser',
  ],
  verify: ['figures', 'change', 'specs', 'ledger', 'markdown', 'errors', 'finding', 'ports'],
  sync: ['verify', 'figures', 'change', 'ledger', 'specs', 'markdown', 'errors', 'finding', 'ports'],
  archive: ['change', 'specs', 'figures', 'ledger', 'verify', 'sync', 'errors', 'finding', 'ports'],
  report: [
    'finding-codes',
    'archive',
    'verify',
    'figures',
    'change',
    'ledger',
    'specs',
    'sync',
    'nearest',
    'errors',
    'finding',
    'ports',
  ],
  'local-linear': ['graphql', 'node:*'],
  commands: [
    'change',
    'ledger',
    'specs',
    'figures',
    'verify',
    'markdown',
    'sync',
    'archive',
    'report',
    'nearest',
    'errors',
    'finding',
    'ports',
    'context',
    'commander',
  ],
  'find-key': ['adapters', 'errors'],
  context: ['adapters', 'open-tracker', 'find-key', 'local-linear', 'ports', 'errors', 'node:*'],
  'open-tracker': ['adapters', 'local-linear', 'context', 'ports', 'errors', 'node:*'],
  run: ['commands', 'context', 'report', 'errors', 'commander'],
  bin: ['run', 'errors', 'adapters', 'node:*'],
}

/** Layers that a file of this layer may name in types only. */
const TYPES_ONLY: Record<string, string[]> = {
  commands: ['context'],
  report: [
    'finding-codes',
    'archive',
    'verify',
    'figures',
    'change',
    'ledger',
    'specs',
    'sync',
    'errors',
    'ports',
  ],
  archive: ['ports'],
  sync: ['ports'],
  change: ['ports'],
  specs: ['ports'],
  ledger: ['ports'],
  figures: ['ports'],
  'open-tracker': ['context'],
}

/** Names that only the edge of the program may touch. */
const IMPURE =
  /\b(?:process\.(?!d)|console\.|Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|fetch\()/
const EDGE = new Set(['bin', 'run', 'context', 'open-tracker', 'adapters', 'local-linear'])

interface Edge {
  file: string
  layer: string
  target: string
  typeOnly: boolean
}

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(directory, entry.name)
    if (entry.isDirectory()) return sources(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}

function layerOf(path: string): string {
  const [first = ''] = relative(SRC, path).split('/')
  return first.replace(/\.ts$/, '')
}

function edgesOf(path: string): Edge[] {
  const text = readFileSync(path, 'utf8')
  const file = relative(SRC, path)
  const layer = layerOf(path)
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?([^'"]*?from\s+)?['"]([^'"]+)['"]/gm)
  const dynamic = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)
  const found = [
    ...[...statements].map(([, type, names, target]) => ({
      target: target ?? '',
      typeOnly: type !== undefined || isTypeList(names ?? ''),
    })),
    ...[...dynamic].map(([, target]) => ({ target: target ?? '', typeOnly: false })),
  ]
  return found.map(({ target, typeOnly }) => ({
    file,
    layer,
    typeOnly,
    target: target.startsWith('.') ? layerOf(posix.join(posix.dirname(path), target)) : target,
  }))
}

function isTypeList(names: string): boolean {
  const list = /\{([^}]*)\}/.exec(names)?.[1]
  if (list === undefined) return false
  return list.split(',').every(name => name.trim() === '' || name.trim().startsWith('type '))
}

const files = sources(SRC)
const edges = files.flatMap(edgesOf)

describe('the house', () => {
  it('lets each layer import only what stands in the table', () => {
    const broken = edges.filter(({ layer, target }) => {
      if (target === layer || target === 'node:crypto' || target === 'node:path') return false
      if (layer === 'adapters') return !['ports', 'errors'].includes(target) && isOurs(target)
      const allowed = ALLOWED[layer] ?? []
      return !allowed.includes(target) && !(target.startsWith('node:') && allowed.includes('node:*'))
    })
    expect(broken.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('lets ports, and everything a report is about, be imported as types only', () => {
    const broken = edges.filter(
      ({ layer, target, typeOnly }) => !typeOnly && TYPES_ONLY[layer]?.includes(target),
    )
    expect(broken.map(({ file, target }) => `${file} imports ${target} as a value`)).toEqual([])
  })

  it('keeps each adapter from every other adapter', () => {
    const broken = files
      .filter(path => layerOf(path) === 'adapters')
      .flatMap(path => {
        const own = adapterOf(path)
        const targets = readFileSync(path, 'utf8').matchAll(/from\s+['"](\.[^'"]+)['"]/g)
        return [...targets]
          .map(([, target]) => posix.join(posix.dirname(path), target ?? ''))
          .filter(target => layerOf(target) === 'adapters' && adapterOf(target) !== own)
          .map(target => `${relative(SRC, path)} imports ${relative(SRC, target)}`)
      })
    expect(broken).toEqual([])
  })

  it('touches the clock, the network, the process and chance only at its edge', () => {
    const broken = files
      .filter(path => !EDGE.has(layerOf(path)))
      .filter(path => IMPURE.test(withoutComments(path)))
    expect(broken.map(path => relative(SRC, path))).toEqual([])
  })

  it('has no default exports, no barrels and no cupboards', () => {
    const named = files.filter(path =>
      /(?:^|\/)(?:index|utils?|helpers?|services?|managers?)(?:\.ts|\/)/.test(relative(SRC, path)),
    )
    const defaults = files.filter(path => /^export default\b/m.test(readFileSync(path, 'utf8')))
    expect([...named, ...defaults]).toEqual([])
  })

  it('keeps every file below 250 lines', () => {
    const long = files.filter(path => readFileSync(path, 'utf8').split('\n').length > 250)
    expect(
      long.map(path => relative(SRC, path)).filter(path => !/^report\/(?:messages|pages)/.test(path)),
    ).toEqual([])
  })
})

function adapterOf(path: string): string {
  return (relative(SRC, path).split('/')[1] ?? '').replace(/\.ts$/, '')
}

function isOurs(target: string): boolean {
  return target in ALLOWED || target === 'adapters' || target === 'commands'
}

function withoutComments(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
}
