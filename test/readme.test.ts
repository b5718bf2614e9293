import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitEnvironment } from './support/git-repository.ts'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'dist', 'bin.js')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const place = mkdtempSync(join(tmpdir(), 'opsx-readme-'))
const repository = join(place, 'dark-mode')
const env = {
  ...gitEnvironment,
  PATH: [join(place, 'bin'), process.env.PATH ?? ''].join(delimiter),
  HOME: place,
  LANG: 'C.UTF-8',
}
const FIVE_MINUTES = 'Five minutes to the first moved issue'
let printed = ''

/** Text under a heading of the second level; `## ` inside a fence is no heading. */
function section(title: string): string {
  const parts = readme.split(/(^```[\s\S]*?^```$)/m)
  const marked = parts.map((part, index) => (index % 2 === 1 ? part : part.replace(/^## /gm, '\0')))
  const found = marked
    .join('')
    .split('\0')
    .find(part => part.startsWith(`${title}\n`))
  if (found === undefined) throw new Error(`README has no section ${title}`)
  return found
}

function blocks(text: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(fence)].map(match => match[1] ?? '')
}

function opsx(...args: string[]): string {
  return execFileSync(process.execPath, [BIN, ...args], { cwd: repository, env, encoding: 'utf8' })
}

/** Lines that are alike in every run. */
function linesOf(text: string): string[] {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
    .replace(/\b\d{4}-\d\d-\d\d\b/g, '<date>')
    .replace(/\b[0-9a-f]{10}\b/g, '<commit>')
    .split('\n')
}

/** Shown lines that are not in the output, in the order in which they are shown; blank ones may be added. */
function strayLines(shown: string, output: string): string[] {
  const rest = linesOf(output)
  return linesOf(shown).filter(line => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(0, at + 1)
    return at < 0 && line !== ''
  })
}

/** The installation is tried by the newcomer's test; here `opsx` is the build. */
const withoutInstallation = (script: string) => script.replace(/^npm install .*\n/m, '')

beforeAll(() => {
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'opsx'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
  chmodSync(join(place, 'bin', 'opsx'), 0o755)
  const script = withoutInstallation(blocks(section(FIVE_MINUTES), 'sh').join('\n'))
  printed = execFileSync('sh', ['-ec', script], { cwd: place, env, encoding: 'utf8' })
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

test('the five minutes end with an archived change whose issue is done', () => {
  const { changes } = JSON.parse(opsx('status', '--archived', '--remote', '--json'))
  expect(changes).toMatchObject([
    {
      change: 'add-dark-mode',
      archived: true,
      phase: 'Done',
      binding: { identifier: 'LOC-1' },
      board: { state: 'Done', relation: 'in-step' },
      tasks: { all: { done: 2, total: 2 } },
      verify: { decision: 'pass' },
    },
  ])
  const { entries } = JSON.parse(opsx('ledger', '--json'))
  expect(entries.map((entry: Record<string, string>) => `${entry.transition} ${entry.outcome}`)).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress posted',
    'In Progress->In Review posted',
    'review->approve posted',
    'In Review->Done posted',
  ])
  const [issue] = JSON.parse(opsx('local', 'board', '--json')).issues
  expect(issue.comments).toHaveLength(4)
  expect(opsx('sync')).toContain('Nothing to do')
})

test('the five minutes print what the README shows', () => {
  const shown = blocks(section(FIVE_MINUTES), 'text')
  expect(shown).toHaveLength(4)
  expect(strayLines(shown.join(''), printed)).toEqual([])
})

test('the demo prints what the README shows', () => {
  const [shown = ''] = blocks(section('What it looks like'), 'text')
  expect(shown).toContain('opsx ledger')
  expect(strayLines(shown, execFileSync(process.execPath, [BIN, 'demo'], { env, encoding: 'utf8' }))).toEqual(
    [],
  )
})

test('the table names every command that there is, and no other', () => {
  const help = execFileSync(process.execPath, [BIN, '--help'], { env, encoding: 'utf8' })
  const there = [...help.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(match => match[1])
  const listed = [...section('Commands').matchAll(/^\| `opsx ([a-z]+)/gm)].map(match => match[1])
  expect(listed).toEqual(there)
})

test('every code of the troubleshooting has its page', () => {
  const rows = section('Troubleshooting by code').match(/^\| \[.*$/gm) ?? []
  expect(rows.length).toBeGreaterThan(11)
  for (const row of rows) {
    const [, code = '', page = '', anchor] =
      /^\| \[`([^`]+)`\]\((docs\/findings\/[a-z]+\.md)#([^)]+)\)/.exec(row) ?? []
    const pages = readFileSync(join(ROOT, page), 'utf8')
    expect([pages.includes(`### \`${code}\`\n`), anchor]).toEqual([true, code.toLowerCase().replace('/', '')])
  }
})

test('every script that README and CONTRIBUTING name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const text = readme + readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(match => match[1] ?? '')
  expect(named.filter(name => !(name in scripts))).toEqual([])
})
