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
    .replace(/\b[0-9a-f]{10}\b/g, '<commit>')
    .split('\n')
}

function strayLines(shown: string, output: string): string[] {
  const known = new Set(linesOf(output))
  return linesOf(shown).filter(line => !known.has(line))
}

beforeAll(() => {
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'opsx'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`)
  chmodSync(join(place, 'bin', 'opsx'), 0o755)
  const script = blocks(section('Five minutes'), 'sh').join('\n')
  printed = execFileSync('sh', ['-ec', script], { cwd: place, env, encoding: 'utf8' })
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

test('the five minutes end with a verified change whose issue is in review', () => {
  const { changes } = JSON.parse(opsx('status', '--remote', '--json'))
  expect(changes).toMatchObject([
    {
      change: 'add-dark-mode',
      phase: 'In Review',
      binding: { identifier: 'LOC-1' },
      board: { state: 'In Review', relation: 'in-step' },
      tasks: { all: { done: 2, total: 2 } },
      verify: { decision: 'pass' },
    },
  ])
  const { entries } = JSON.parse(opsx('ledger', '--json'))
  expect(entries.map((entry: Record<string, string>) => `${entry.transition} ${entry.outcome}`)).toEqual([
    'Backlog->Todo posted',
    'Todo->In Progress posted',
    'In Progress->In Review posted',
  ])
  const [issue] = JSON.parse(opsx('local', 'board', '--json')).issues
  expect(issue.comments).toHaveLength(3)
})

test('the five minutes print what the README shows', () => {
  const shown = blocks(section('Five minutes'), 'text')
  expect(shown).toHaveLength(2)
  expect(strayLines(shown.join(''), printed)).toEqual([])
})

test('the demo prints what the README shows', () => {
  const [shown = ''] = blocks(section('Two commands'), 'text')
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

test('every script that README and CONTRIBUTING name exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const text = readme + readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(match => match[1] ?? '')
  expect(named.filter(name => !(name in scripts))).toEqual([])
})
