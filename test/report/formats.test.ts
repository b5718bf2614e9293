import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, expect, test } from 'vitest'
import { createContext } from '../../src/adapters/context.ts'
import { declareVerb } from '../../src/cli/declare-verb.ts'
import { verifyFormats } from '../../src/report/formats/verify-formats.ts'
import { MACHINE_FORMATS, type Report } from '../../src/report/report.ts'
import { formatVerify, verifyDocument } from '../../src/report/verify.ts'
import { runOpsx } from '../support/cli.ts'
import { MIXED } from './facts.ts'

const DIRECTORY = mkdtempSync(join(tmpdir(), 'opsx-formats-'))
afterAll(() => rmSync(DIRECTORY, { recursive: true }))

const REPORT: Report = {
  schema: 'opsx/verify@1',
  exitCode: 1,
  document: verifyDocument(MIXED),
  text: style => formatVerify(MIXED, style),
  ...verifyFormats(MIXED, { at: new Date('2026-06-11T19:21:22Z'), shipped: () => '' }),
}

/** Runs a command that offers every format; the result includes whether it acted. */
async function runCommand(args: string[], env: Record<string, string> = {}) {
  const ran = { stdout: '', exitCode: -1, acted: false }
  const stream = {
    write(text: string | Uint8Array) {
      ran.stdout += String(text)
    },
  }
  const context = createContext({
    argv: [],
    cwd: () => DIRECTORY,
    env,
    stdout: stream,
    stderr: { write: () => true },
    stdin: process.stdin,
  })
  const program = new Command('opsx').exitOverride()
  const verb = { usage: 'check', summary: 'checks', example: 'opsx check' }
  for (const [usage, formats] of [
    ['check', MACHINE_FORMATS],
    ['plain', []],
  ] as const) {
    const run = () => {
      ran.acted = true
      return REPORT
    }
    const exit = (code: number) => {
      ran.exitCode = code
    }
    declareVerb(program, { ...verb, usage, formats, run }, { context, exit })
  }
  const failure = await program.parseAsync(['node', 'opsx', ...args]).then(
    () => null,
    error => error,
  )
  return { ...ran, failure }
}

for (const [format, begins] of [
  ['text', '✗ add-billing'],
  ['json', '{\n  "schema": "opsx/verify@1",\n  "ok": false,\n  "summary"'],
  ['github', '::error file='],
  ['sarif', '{\n  "$schema"'],
  ['junit', '<?xml'],
  ['markdown', '## opsx verify'],
] as const) {
  test(`${format} is printed and leaves the exit code alone`, async () => {
    const { stdout, exitCode } = await runCommand(['check', '--format', format], { LANG: 'C.UTF-8' })
    expect(stdout.slice(0, begins.length)).toBe(begins)
    expect(stdout.endsWith('\n')).toBe(true)
    expect(exitCode).toBe(1)
  })
}

test('a report goes to a file', async () => {
  const { stdout } = await runCommand(['check', '--format', 'junit', '--output', 'junit.xml'])
  expect(stdout).toBe('')
  expect(readFileSync(join(DIRECTORY, 'junit.xml'), 'utf8')).toMatch(/^<\?xml/)
})

test('only the format github writes the summary of the step', async () => {
  const GITHUB_STEP_SUMMARY = join(DIRECTORY, 'summary.md')
  await runCommand(['check', '--format', 'sarif'], { GITHUB_STEP_SUMMARY })
  await runCommand(['check', '--format', 'github'], { GITHUB_STEP_SUMMARY })
  expect(readFileSync(GITHUB_STEP_SUMMARY, 'utf8').match(/^## opsx verify$/gm)).toHaveLength(1)
})

test('a command without the format refuses before it acts, and names what it has', async () => {
  const { failure, acted } = await runCommand(['plain', '--format', 'sarif'])
  expect(failure).toMatchObject({ code: 'USAGE', hint: 'Its formats are text, json.' })
  expect(acted).toBe(false)
})

test('status has no machine format, before and after its name', async () => {
  for (const args of [
    ['status', '--format', 'junit'],
    ['--format=junit', 'status'],
  ]) {
    const ran = await runOpsx(args, { cwd: DIRECTORY })
    expect(ran.exitCode).toBe(2)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain('opsx status has no format junit')
  }
})
