import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../src/adapters/context.ts'
import { ERROR_EXITS } from '../../src/errors.ts'
import { contextWith, runOpsx } from '../support/cli.ts'

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url))
const VERBS = [
  'init',
  'new',
  'bind',
  'status',
  'task',
  'figures',
  'verify',
  'sync',
  'watch',
  'review',
  'archive',
  'cancel',
  'duplicate',
  'reopen',
  'ledger',
  'doctor',
  'explain',
  'completion',
  'local',
  'demo',
]

describe('the process', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'opsx-process-'))
    for (let index = 0; index < 1500; index++) {
      const file = join(root, 'openspec/changes', `add-feature-${index}`, 'proposal.md')
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, '## Why\n\nBecause.\n')
    }
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const opsx = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      cwd: root,
      env: { PATH: process.env.PATH, ...env },
      maxBuffer: 1 << 26,
    })

  it('prints its version', () => {
    expect(opsx(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  for (const verb of VERBS) {
    it(`shows an example for ${verb}`, () => {
      const run = opsx([verb, '--help'])
      expect(run.status).toBe(0)
      expect(run.stdout).toMatch(/Example:\n {2}opsx /)
      expect(run.stdout).toMatch(/\nAbout:\n {2}\S[\s\S]*\nExit codes:\n {2}0 nothing to report/)
      expect(run.stdout).toContain('\nOptions of every command:\n')
      expect(opsx(['help', verb]).stdout).toBe(run.stdout)
    })
  }

  it('lists every verb in its help, within 80 columns', () => {
    const { stdout } = opsx(['--help'])
    for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  it('takes flags before and after the verb', () => {
    const after = opsx(['status', '--json', '-C', root], {})
    const before = opsx(['-C', root, '--json', 'status'], {})
    expect(JSON.parse(before.stdout)).toEqual(JSON.parse(after.stdout))
  })

  const wrong: [string, string[], number, string][] = [
    ['an unknown command', ['frobnicate'], 2, 'USAGE'],
    ['an unknown flag', ['status', '--frobnicate'], 2, 'USAGE'],
    ['an unknown format', ['status', '--format', 'xml'], 2, 'USAGE'],
    ['a missing argument', ['bind', 'x'], 2, 'USAGE'],
    ['an unknown change', ['status', 'no-such-change'], 2, 'CHANGE_NOT_FOUND'],
    ['a directory without openspec', ['status', '-C', tmpdir()], 2, 'NOT_A_REPOSITORY'],
    ['a file given to -C', ['status', '-C', BIN], 2, 'USAGE'],
    ['a sync without linear.yaml', ['sync'], 2, 'NOT_CONFIGURED'],
    ['a date that is none', ['ledger', '--since', 'soon'], 2, 'USAGE'],
    ['reopening what has not ended', ['reopen', 'add-feature-1', '--reason', 'x'], 1, 'TRANSITION_REFUSED'],
    [
      'rejecting without a verdict',
      ['review', 'reject', 'add-feature-1', '--reason', 'x'],
      1,
      'REVIEW_REFUSED',
    ],
    ['checking a task without tasks.md', ['task', 'check', 'add-feature-1', '1.1'], 2, 'TASKS_NOT_FOUND'],
  ]
  for (const [what, args, status, code] of wrong) {
    it(`answers ${what} with exit code ${status} and one JSON document`, () => {
      const run = opsx([...args, '--json'])
      expect(run.status).toBe(status)
      const document = JSON.parse(run.stdout)
      expect(document).toMatchObject({ schema: 'opsx/error@1', ok: false, error: { code } })
      expect(document.error.hint).toMatch(/\S/)
    })
  }

  it('gives every error code one of the documented exit codes', () => {
    expect([...new Set(Object.values(ERROR_EXITS))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 75])
  })

  it('prints the same as text on standard error, with a hint', () => {
    const run = opsx(['status', 'add-feature-l'])
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('Did you mean add-feature-')
  })

  it('gives a slow reader of a pipe the whole document', async () => {
    const child = spawn(process.execPath, [BIN, 'status', '--json', '-C', root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = once(child, 'exit')
    let text = ''
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += chunk
      await new Promise(resolve => setImmediate(resolve))
    }
    await exit
    expect(text.length).toBeGreaterThan(1_000_000)
    expect(JSON.parse(text).changes).toHaveLength(1500)
  })

  it('prints to a null device when asked to', () => {
    const run = spawnSync(process.execPath, [BIN, 'status'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    expect({ status: run.status, stderr: String(run.stderr) }).toEqual({ status: 0, stderr: '' })
  })

  it('survives a reader that goes away', () => {
    const run = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${BIN}" status --json -C "${root}" | head -c 100`],
      { encoding: 'utf8' },
    )
    expect(run.status).toBe(0)
    expect(run.stderr).toBe('')
    expect(run.stdout).toHaveLength(100)
  })

  it('uses no colors and no escape sequences in a pipe', () => {
    expect(opsx(['status', 'add-feature-1']).stdout).not.toContain('\u001b')
    expect(opsx(['status', 'add-feature-1'], { FORCE_COLOR: '1' }).stdout).toContain('\u001b[2m')
    expect(opsx(['status', 'add-feature-1'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain(
      '\u001b',
    )
    expect(opsx(['status', 'add-feature-1', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain(
      '\u001b',
    )
  })

  it('stays within ASCII for an ASCII locale', () => {
    expect(opsx(['status', 'add-feature-1'], { LC_ALL: 'C' }).stdout).toMatch(/^[\x00-\x7f]*$/)
  })

  it('writes its output to a file, or reports why it cannot', () => {
    expect(opsx(['status', 'add-feature-1', '--json', '--output', 'out.json']).stdout).toBe('')
    expect(JSON.parse(readFileSync(join(root, 'out.json'), 'utf8')).changes).toHaveLength(1)
    const run = opsx(['status', 'add-feature-1', '--output', join('no', 'such', 'out.txt')])
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('out.txt')
  })

  it('ends with 130 when it is interrupted', async () => {
    const child = spawn(process.execPath, [BIN, 'local', 'serve', '-C', root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([130, null])
  })

  it('keeps the stack of a bug and ends with 70', async () => {
    const broken = (context: Context) =>
      contextWith(context, {
        workspace() {
          throw new TypeError('cannot read properties of undefined')
        },
      })
    const ran = await runOpsx(['status'], { cwd: root, wrap: broken })
    expect(ran.exitCode).toBe(70)
    expect(ran.stderr).toMatch(/bug in itself[\s\S]*TypeError: cannot read[\s\S]*at /)
    const json = await runOpsx(['status', '--json'], { cwd: root, wrap: broken })
    expect(json.json()).toMatchObject({ schema: 'opsx/error@1', ok: false, error: { code: 'BUG' } })
  })
})
