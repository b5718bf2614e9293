import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTasks } from '../../src/change/parse-tasks.ts'
import { parseFrontmatter } from '../../src/markdown/parse-frontmatter.ts'
import { scanBlocks } from '../../src/markdown/scan-blocks.ts'

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))
const CHANGE = 'openspec/changes/add-dark-mode'

describe('files from a stranger', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'opsx-hostile-'))
    write('openspec/config.yaml', 'schema: spec-driven\n')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }

  function opsx(...args: string[]) {
    return spawnSync(process.execPath, [BIN, ...args, '-C', root], { encoding: 'utf8', maxBuffer: 1 << 28 })
  }

  function changeOf(...args: string[]) {
    return JSON.parse(opsx('status', '--json', ...args).stdout).changes[0]
  }

  for (const language of ['js', 'javascript', 'json', 'coffee', 'JS']) {
    it(`never evaluates ---${language} front matter`, () => {
      const canary = join(root, 'executed')
      write(
        `${CHANGE}/proposal.md`,
        `---${language}\n({ a: require('fs').writeFileSync(${JSON.stringify(canary)}, 'x') })\n---\n\nWhy\n`,
      )
      const run = opsx('status', '--json')
      expect(run.status).toBe(0)
      expect(existsSync(canary)).toBe(false)
      expect(JSON.parse(run.stdout).findings).toMatchObject([
        { code: 'binding/unreadable', file: `${CHANGE}/proposal.md` },
      ])
    })
  }

  it('does not build objects or run functions that YAML tags ask for', () => {
    write(`${CHANGE}/proposal.md`, '---\nlinear_team: !!js/function "function () { throw 1 }"\n---\n\nWhy\n')
    expect(opsx('status').status).toBe(0)
  })

  it('does not let a key reach the prototype of anything', () => {
    write(
      `${CHANGE}/proposal.md`,
      '---\n__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\n---\n\nWhy\n',
    )
    expect(opsx('status').status).toBe(0)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('follows no link out of the repository', () => {
    const outside = mkdtempSync(join(tmpdir(), 'opsx-outside-'))
    writeFileSync(join(outside, 'proposal.md'), '---\nlinear_story_identifier: SECRET-1\n---\n\nWhy\n')
    mkdirSync(join(root, 'openspec/changes'), { recursive: true })
    symlinkSync(outside, join(root, CHANGE))
    const run = opsx('status', '--json')
    expect(run.status).toBe(0)
    expect(run.stdout).not.toContain('SECRET-1')
    rmSync(outside, { recursive: true })
  })

  it('writes to no file behind a link out of the repository', () => {
    const outside = join(mkdtempSync(join(tmpdir(), 'opsx-outside-')), 'tasks.md')
    writeFileSync(outside, '- [ ] 1.1 Theirs\n')
    write(`${CHANGE}/proposal.md`, 'Why\n')
    symlinkSync(outside, join(root, CHANGE, 'tasks.md'))
    const run = opsx('task', 'check', 'add-dark-mode', '1.1')
    expect(run.status).not.toBe(0)
    expect(readFileSync(outside, 'utf8')).toBe('- [ ] 1.1 Theirs\n')
  })

  for (const name of ['../../evil', '/tmp/evil', 'a/b', '..', '.hidden', 'archive']) {
    it(`makes no change named ${name}`, () => {
      const run = opsx('new', name)
      expect(run.status).toBe(2)
      expect(run.stderr).toContain('is not a valid name for a change')
    })
  }

  it('prints no control characters of a repository, in text or in a table', () => {
    write(
      `${CHANGE}/proposal.md`,
      '---\nlinear_story_identifier: "CAM-1\\e]0;owned\\a"\nlast_synced_state: "\\e[2JTodo"\n---\n\nWhy\n',
    )
    write(`${CHANGE}/tasks.md`, '- [ ] 1.1 \u001b[31mred\u001b[0m \u202Eevil\u0007\n')
    write('openspec/changes/bad\u001b[31m/proposal.md', 'Why\n')
    for (const args of [['status'], ['task', 'list', 'add-dark-mode'], ['ledger'], ['doctor', '--offline']]) {
      const run = opsx(...args)
      expect(run.stdout + run.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
    }
  })

  it('reads a 10 MB proposal and edits its frontmatter', () => {
    const body = `## Why\n\n${'Because of reasons that take a while to explain.\n'.repeat(220_000)}`
    expect(body.length).toBeGreaterThan(10_000_000)
    write(`${CHANGE}/proposal.md`, `---\nlinear_story_identifier: CAM-15\nlinear_team: CAM\n---\n\n${body}`)
    expect(changeOf().phase).toBe('Todo')
    expect(opsx('review', 'reset', 'add-dark-mode', '--reason', 'test').status).toBe(0)
    const text = readFileSync(join(root, CHANGE, 'proposal.md'), 'utf8')
    expect(text.endsWith(body)).toBe(true)
    expect(text).toContain('review->reset')
  })

  it('reads a 10 MB proposal whose frontmatter never ends', () => {
    write(`${CHANGE}/proposal.md`, `---\n${'key: value\n'.repeat(1_000_000)}`)
    expect(opsx('status').status).toBe(0)
  })

  it('counts 10,000 tasks and checks the last', () => {
    const boxes = Array.from({ length: 10_000 }, (_, index) => `- [ ] 1.${index + 1} Task\n`).join('')
    write(`${CHANGE}/proposal.md`, 'Why\n')
    write(`${CHANGE}/tasks.md`, boxes)
    expect(opsx('task', 'check', 'add-dark-mode', '1.10000').status).toBe(0)
    expect(changeOf().tasks.all).toEqual({ done: 1, total: 10_000 })
    const text = readFileSync(join(root, CHANGE, 'tasks.md'), 'utf8')
    expect(text).toBe(boxes.replace('- [ ] 1.10000 ', '- [x] 1.10000 '))
  })
})

describe('time grows with the size of a file, not with its square', () => {
  const shapes: Record<string, (size: number) => string> = {
    boxes: size => '- [ ] 1.1 Task\n'.repeat(size),
    'nested lists': size =>
      Array.from({ length: size }, (_, index) => `${' '.repeat((index % 50) * 2)}- [ ] x\n`).join(''),
    fences: size => '```x``` \n'.repeat(size),
    'open comments': size => '<!-- \n'.repeat(size),
    brackets: size => `- [${'['.repeat(size)}\n`,
    'blank lines': size => '\n'.repeat(size),
    stars: size => `${'*'.repeat(size)}\n`,
  }
  for (const [name, shape] of Object.entries(shapes)) {
    it(`for ${name}`, () => {
      for (const size of [20_000, 200_000]) {
        const text = shape(size)
        scanBlocks(text)
        parseTasks(text, 'tasks.md')
        parseFrontmatter(`---\n${text}`)
      }
    }, 20_000)
  }
})
