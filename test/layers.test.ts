import { readdirSync, readFileSync } from 'node:fs'
import { posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

const LOW = ['errors', 'findings', 'ports']
const LEDGER = ['change', 'specs', 'markdown', ...LOW]
const FIGURES = ['test-reports', 'trusted-commands', 'ledger', ...LEDGER]
const SYNC = ['figures', ...FIGURES]
const OVERVIEW = ['sync', 'tasks', ...SYNC]
const ARCHIVE = ['verify', ...OVERVIEW]
const REVIEW = ['archive', ...ARCHIVE]
const USE_CASES = ['overview', 'review', 'setup', 'doctor', ...REVIEW]

const COMPUTING = ['node:crypto', 'node:path', 'node:util']

/** ARCHITECTURE's table: what each layer may import besides itself and the modules of Node that only compute. */
const ALLOWED: Record<string, string[]> = {
  errors: [],
  findings: [],
  ports: ['errors'],
  markdown: [
    'errors',
    'yaml',
    'js-yaml',
    'gray-matter',
    'remark',
    'remark-gfm',
    'unist-util-visit',
    'mdast-util-to-string',
    'mdast',
  ],
  change: ['markdown', ...LOW, 'zod/mini', 'zod', 'yaml'],
  specs: ['markdown', ...LOW, 'zod/mini', 'zod', 'yaml'],
  'test-reports': [...LOW, 'fast-xml-parser'],
  'trusted-commands': LOW,
  ledger: [...LEDGER, 'zod/mini', 'yaml'],
  figures: [...FIGURES, 'zod/mini', 'zod', 'yaml', 'picomatch'],
  tasks: SYNC,
  sync: SYNC,
  overview: OVERVIEW,
  verify: OVERVIEW,
  archive: [...ARCHIVE, 'zod/mini'],
  review: REVIEW,
  setup: [...OVERVIEW, 'zod/mini', 'yaml'],
  doctor: OVERVIEW,
  report: [...USE_CASES, 'zod/mini'],
  commands: [...USE_CASES, 'report', 'adapters/context', 'commander'],
  demo: ['commands', 'report', 'errors', 'adapters/context'],
  cli: [
    'commands',
    'demo',
    'report',
    'errors',
    'change',
    'figures',
    'findings',
    'adapters/context',
    'commander',
  ],
  adapters: ['ports', 'errors', 'zod', 'zod/mini', 'node:*'],
  'adapters/context': ['adapters', 'local-linear', 'ports', 'errors', 'node:*'],
  'local-linear': ['graphql', 'node:*'],
  bin: ['cli', 'errors', 'adapters/context', 'node:*'],
}

/** Layers that a file of this layer may name in types only. */
const TYPES_ONLY: Record<string, string[]> = {
  report: USE_CASES.filter(layer => !['findings', 'errors'].includes(layer)),
  commands: ['adapters/context', 'ports'],
  cli: [],
  ...Object.fromEntries(
    ['change', 'specs', 'test-reports', 'trusted-commands', 'ledger', ...USE_CASES].map(layer => [
      layer,
      ['ports'],
    ]),
  ),
}

/** Each outside library of an adapter is imported by that adapter alone. */
const ADAPTER_LIBRARIES = ['@linear/sdk', 'fast-xml-parser', 'zod', 'zod/mini']

/** Names that only the edge of the program may touch. */
const IMPURE =
  /\b(?:process\.(?!d)|console\.|Date\.now|new Date\(\)|Math\.random|setTimeout|setInterval|fetch\()/

interface Edge {
  file: string
  layer: string
  /** Path of one of our files relative to src, or the name of a package. */
  to: string
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

/** The composition root is a layer of its own: the only one that sees all adapters. */
function layerOf(path: string): string {
  const [first = '', second = ''] = relative(SRC, path).split('/')
  if (first === 'adapters' && ['context.ts', 'open-tracker.ts', 'find-key.ts'].includes(second))
    return 'adapters/context'
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
  return found.map(({ target, typeOnly }) => {
    const to = target.startsWith('.') ? posix.join(posix.dirname(path), target) : undefined
    return { file, layer, typeOnly, to: to ? relative(SRC, to) : target, target: to ? layerOf(to) : target }
  })
}

function isTypeList(names: string): boolean {
  const list = /\{([^}]*)\}/.exec(names)?.[1]
  if (list === undefined) return false
  return list.split(',').every(name => name.trim() === '' || name.trim().startsWith('type '))
}

const files = sources(SRC)
const edges = files.flatMap(edgesOf)

describe('the house', () => {
  it('lets each layer import only what the table lists', () => {
    const broken = edges.filter(({ layer, target }) => {
      if (target === layer || COMPUTING.includes(target)) return false
      if (layer === 'adapters' && ADAPTER_LIBRARIES.includes(target)) return false
      const allowed = ALLOWED[layer] ?? []
      return !allowed.includes(target) && !(target.startsWith('node:') && allowed.includes('node:*'))
    })
    expect(broken.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  it('lets ports, the context, and everything a report is about, be imported as types only', () => {
    const broken = edges.filter(
      ({ layer, target, typeOnly }) => !typeOnly && TYPES_ONLY[layer]?.includes(target),
    )
    expect(broken.map(({ file, to }) => `${file} imports ${to} as a value`)).toEqual([])
  })

  it('has no circle between files, type imports included', () => {
    expect(circlesIn(edges).map(circle => circle.join(' → '))).toEqual([])
  })

  it('keeps each adapter from every other adapter', () => {
    const broken = edges
      .filter(({ layer, target }) => layer === 'adapters' && target === 'adapters')
      .filter(({ file, to }) => adapterOf(file) !== adapterOf(to))
    expect(broken.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  it('touches the clock, the network, the process and chance only at its edge', () => {
    const broken = files.filter(path => !isEdge(path)).filter(path => IMPURE.test(withoutComments(path)))
    expect(broken.map(path => relative(SRC, path))).toEqual([])
  })

  it('has no default exports, no barrels and no cupboards', () => {
    const named = files.filter(path =>
      /(?:^|\/)(?:index|utils?|helpers?|services?|managers?)(?:\.ts|\/)/.test(relative(SRC, path)),
    )
    const defaults = files.filter(path => /^export default\b/m.test(readFileSync(path, 'utf8')))
    expect([...named, ...defaults]).toEqual([])
  })

  it('keeps commands thin, files short and folders small', () => {
    const lengths = new Map(
      files.map(path => [relative(SRC, path), readFileSync(path, 'utf8').split('\n').length - 1]),
    )
    const long = [...lengths].filter(([path, lines]) => lines > (path.startsWith('commands/') ? 110 : 250))
    const sorted = [...lengths.values()].sort((a, b) => a - b)
    const commands = [...lengths].filter(([path]) => path.startsWith('commands/'))
    const folders = new Map<string, number>()
    for (const path of lengths.keys())
      folders.set(posix.dirname(path), (folders.get(posix.dirname(path)) ?? 0) + 1)
    expect(long).toEqual([])
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80)
    expect(commands.reduce((sum, [, lines]) => sum + lines, 0)).toBeLessThanOrEqual(3200)
    expect([...folders].filter(([, count]) => count > 25)).toEqual([])
  })
})

function isEdge(path: string): boolean {
  const file = relative(SRC, path)
  return file === 'bin.ts' || file === 'cli/run.ts' || /^(?:adapters|local-linear)\//.test(file)
}

function adapterOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '')
}

/** Groups of files that reach each other, by Tarjan's algorithm. */
function circlesIn(all: Edge[]): string[][] {
  const targets = new Map<string, string[]>()
  for (const { file, to } of all) {
    if (to.endsWith('.ts')) targets.set(file, [...(targets.get(file) ?? []), to])
  }
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  const visit = (file: string) => {
    order.set(file, order.size)
    lowest.set(file, order.get(file) ?? 0)
    open.push(file)
    for (const target of targets.get(file) ?? []) {
      if (!order.has(target)) visit(target)
      else if (!open.includes(target)) continue
      lowest.set(file, Math.min(lowest.get(file) ?? 0, lowest.get(target) ?? 0))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1) circles.push(circle)
  }
  for (const { file } of all) if (!order.has(file)) visit(file)
  return circles
}

function withoutComments(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1')
}
