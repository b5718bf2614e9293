import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_EXITS } from '../../src/errors.ts'
import { FINDINGS } from '../../src/findings/areas.ts'
import { parseExplanations, readExplanations } from '../../src/findings/explanations.ts'
import type { Finding, FindingCode } from '../../src/findings/finding.ts'
import { fixOf } from '../../src/findings/message.ts'
import { explanationOf, formatCodes, formatExplanation, nearestCode } from '../../src/report/explain.ts'
import { styleOf, widthOf } from '../../src/report/style.ts'
import { runOpsx } from '../support/cli.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const sources = new Map(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts'))
    .map(path => [path.replaceAll('\\', '/'), readFileSync(join(ROOT, 'src', path), 'utf8')]),
)
const declared = Object.keys(FINDINGS) as FindingCode[]
const explanations = readExplanations(path => readFileSync(join(ROOT, path), 'utf8'))
const codes = explanations.map(({ code }) => code)
const pages = explanations.map(page => [page.code, page] as const)

function matchesOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(match => match[1] ?? '')
}

function page(code: string) {
  const found = explanationOf(explanations, code)
  if (!found) throw new Error(`no section for ${code}`)
  return found
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort()
}

describe('the sections of docs/findings', () => {
  it('are exactly one for every code, and for no other', () => {
    expect(declared.length).toBeGreaterThan(100)
    expect([...codes].sort()).toEqual([...declared, ...Object.keys(ERROR_EXITS), 'BUG'].sort())
  })

  it('are all in files that opsx explain reads', () => {
    const files = readdirSync(join(ROOT, 'docs', 'findings'))
    const text = files.map(name => readFileSync(join(ROOT, 'docs', 'findings', name), 'utf8')).join('\n')
    expect(matchesOf(text, /^### `(\S+)`$/gm).sort()).toEqual([...codes].sort())
  })

  it('exist for every code that the sources raise', () => {
    const areas = unique(declared.map(code => code.split('/')[0] ?? ''))
    const finding = new RegExp(`'((?:${areas.join('|')})/[a-z-]+)'`, 'g')
    const raised = [...sources.values()].flatMap(text => [
      ...matchesOf(text, finding),
      ...matchesOf(text, /OpsxError\(\s*'([A-Z_]+)'/g),
    ])
    expect(raised.length).toBeGreaterThan(200)
    expect(unique(raised).filter(code => !codes.includes(code))).toEqual([])
  })

  it('group errors with the same exit code', () => {
    const exits = new Map<string, Set<number>>()
    for (const { code, family } of explanations) {
      const exit = { ...ERROR_EXITS, BUG: 70 }[code as keyof typeof ERROR_EXITS] ?? -1
      exits.set(family, (exits.get(family) ?? new Set()).add(exit))
    }
    for (const [family, found] of exits) expect([family, found.size]).toEqual([family, 1])
  })

  it('are refused when a part is missing', () => {
    expect(() => parseExplanations('# Tasks\n\n### `tasks/open`\n\nIt is open.\n')).toThrow('tasks/open')
  })

  it.each(pages)('%s has whole, short sentences', (_, page) => {
    for (const text of [page.means, page.why, page.fix]) {
      expect(text).toMatch(/^[^\s].{10,160}\.$/)
    }
    expect(page.example).toMatch(/\S/)
    for (const line of page.example.split('\n')) {
      expect(line).toBe(line.trimEnd())
      expect(line.length).toBeLessThan(100)
    }
  })
})

describe('the advice', () => {
  const program = sources.get('cli/program.ts') ?? ''
  const verbs = new Set(matchesOf(program, /\bname: '([a-z]+)'/g))
  /** Words that follow opsx in sentences about it. */
  const prose = new Set([
    'accepts',
    'adds',
    'cannot',
    'detect',
    'finds',
    'keeps',
    'never',
    'records',
    'works',
  ])
  const args = new Proxy({}, { get: (_, name) => String(name) })
  const fixes = declared.map(code => [code, fixOf({ code, severity: 'info', args } as Finding)] as const)

  it.each([
    ...fixes.map(([code, fix]) => [`the fix of ${code}`, fix] as const),
    ...pages.map(([code, { fix }]) => [`the page of ${code}`, fix] as const),
  ])('in %s names only commands that there are', (_, text) => {
    const words = matchesOf(text, /\bopsx ([a-z]+)/g)
    expect(words.filter(word => !verbs.has(word) && !prose.has(word))).toEqual([])
  })

  it('in the examples names only commands and flags that there are', () => {
    const lines = pages.flatMap(([, { example }]) => matchesOf(example, /\$ (?:\S+=\S+ )?(opsx .*)/g))
    const commands = [...sources].filter(([path]) => path.startsWith('commands/')).map(([, text]) => text)
    const flags = commands.flatMap(text => matchesOf(text, /'(?:-\w, )?(--[a-z-]+)/g))
    const known = [...flags, '--help']
    for (const line of lines) {
      const words = line.replace(/"[^"]*"|\s#.*|;.*|2>.*/g, '').split(' ')
      const verb = words.filter((word, at) => at > 0 && !/^-|^\.\./.test(word))[0]
      expect(verbs, line).toContain(verb)
      for (const flag of words.filter(word => /^--/.test(word))) expect(known, line).toContain(flag)
    }
    expect(lines.length).toBeGreaterThan(40)
  })
})

describe('opsx explain', () => {
  let nowhere: string
  beforeAll(() => {
    nowhere = mkdtempSync(join(tmpdir(), 'opsx-explain-'))
  })
  afterAll(() => rmSync(nowhere, { recursive: true, force: true }))
  const explain = (...words: string[]) => runOpsx(['explain', ...words], { cwd: nowhere })

  it('shows meaning, reason, way out and example, without a repository', async () => {
    const { exitCode, stdout } = await explain('tasks/open')
    const { means, example } = page('tasks/open')
    expect(exitCode).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(means)
    expect(stdout).toMatch(/^tasks\/open \(finding\)\n/)
    expect(matchesOf(stdout, /^(?=[WHE])(.+)$/gm)).toEqual(['Why it matters', 'How to fix it', 'Example'])
    expect(stdout).toContain(example.split('\n')[0])
  })

  it('prints the exit code of an error, and accepts a code in any case', async () => {
    expect((await explain('workspace_mismatch')).stdout).toMatch(
      /^WORKSPACE_MISMATCH \(error, exit code 4\)\n/,
    )
  })

  it('lists every code with its meaning when none is given', async () => {
    const { exitCode, stdout } = await explain()
    expect(exitCode).toBe(0)
    for (const [code] of pages) expect(stdout).toContain(`\n${code} `)
  })

  it('prints the same as one document', async () => {
    const one = (await explain('LOCKED', '--json')).json()
    expect(one).toEqual({
      schema: 'opsx/explain@1',
      ok: true,
      pages: [{ ...page('LOCKED'), family: 'Not now', exitCode: 75 }],
    })
    const all = (await explain('--json')).json()
    expect(all.pages.map(({ code }: { code: string }) => code)).toEqual(codes)
  })

  it('refuses an unknown code with exit code 2 and names the nearest', async () => {
    const { exitCode, stdout, stderr } = await explain('tasks/opne')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain('Did you mean tasks/open?')
    const json = (await explain('hasOwnProperty', '--json')).json()
    expect(json.error).toMatchObject({ code: 'USAGE', hint: 'opsx explain lists all codes.' })
  })

  it.each([
    ['tasks/opne', 'tasks/open'],
    ['open', 'tasks/open'],
    ['task/open', 'tasks/open'],
    ['ledger/read-only', 'sync/read-only'],
    ['LINEAR_UNAVAILABEL', 'LINEAR_UNAVAILABLE'],
    ['Key-Missing', 'KEY_MISSING'],
    ['', undefined],
    ['completely different', undefined],
  ])('takes %j for %j', (typed, meant) => {
    expect(nearestCode(codes, typed)).toBe(meant)
  })

  it.each([40, 80, 200])('keeps its sentences within %i columns', columns => {
    const style = styleOf({ columns, color: false, unicode: true })
    for (const explanation of explanations) {
      const [text = ''] = formatExplanation(explanation, style).split('\nExample\n')
      for (const line of text.split('\n').slice(1)) expect(widthOf(line)).toBeLessThanOrEqual(columns)
    }
    const list = formatCodes(explanations, style).split('\n')
    for (const line of list) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(80, columns))
  })
})
