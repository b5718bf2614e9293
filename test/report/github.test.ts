import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createContext } from '../../src/adapters/context.ts'
import { finding } from '../../src/findings/finding.ts'
import { formatGithub, formatStepSummary, workflowCommand } from '../../src/report/formats/github.ts'
import { anyText, factsOf, MIXED, RUNS, reported, row, unreadable } from './facts.ts'

/** Reads a workflow command as the runner does. */
function readCommand(line: string) {
  const [, type = '', properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? []
  const decode = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const pairs = properties.split(',').map(pair => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), decode(pair.slice(at + 1))]
  })
  const message = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  return { type, properties: Object.fromEntries(pairs), message }
}

const many = (count: number, severity: 'critical' | 'warning' | 'info') =>
  Array.from({ length: count }, (_, index) =>
    reported(finding('tasks/hidden-box', severity, { where: 'a fence' }, { file: 't.md', line: index + 1 })),
  )

test('every finding that is not accepted is one command of its type', () => {
  expect(formatGithub(MIXED).split('\n')).toEqual([
    expect.stringMatching(
      /^::error file=openspec\/changes\/add-billing\/specs\/bill\/spec.md,line=12,col=3,title=delta\/not-found \(add-billing\)::.+%0AFix: /,
    ),
    expect.stringMatching(/^::warning file=openspec\/changes\/add-billing\/tasks.md,line=4,title=/),
    expect.stringMatching(/^::warning file=openspec\/linear.yaml,title=registry\/mixed-dialects::/),
    expect.stringMatching(/^::notice title=verify\/unfilled \(add-search\)::/),
    expect.stringMatching(/^::notice file=.*title=spec\/no-scenario \(add-search%2C pre-existing\)::/),
    '',
  ])
})

test('what gates is an error whatever its severity', () => {
  const warning = finding('verify/unfilled', 'warning', {})
  expect(formatGithub(factsOf([row('a', { findings: [reported(warning, { gates: true })] })]))).toMatch(
    /^::error /,
  )
})

for (const [count, lines, rest] of [
  [10, 10, null],
  [11, 10, '2 more errors'],
  [500, 10, '491 more errors'],
] as const) {
  test(`${count} errors are ${lines} commands`, () => {
    const out = formatGithub(factsOf([row('a', { findings: many(count, 'critical') })]))
    const commands = out.trimEnd().split('\n')
    expect(commands).toHaveLength(lines)
    expect(commands[0]).toContain('line=1,')
    if (rest) expect(readCommand(commands.at(-1) ?? '').message).toContain(rest)
  })
}

test('the cap is per type', () => {
  const findings = [...many(30, 'info'), ...many(30, 'warning'), ...many(30, 'critical')]
  const out = formatGithub(factsOf([row('a', { findings })]))
    .trimEnd()
    .split('\n')
  const types = out.map(line => readCommand(line).type)
  expect(types).toEqual([
    ...Array(10).fill('error'),
    ...Array(10).fill('warning'),
    ...Array(10).fill('notice'),
  ])
})

test('no finding is no output', () => {
  expect(formatGithub(factsOf([row('a')]))).toBe('')
})

test('any text is one line that decodes back', () => {
  fc.assert(
    fc.property(anyText, anyText, (title, message) => {
      const line = workflowCommand('error', { file: title, line: 3, title }, message)
      expect(line).not.toMatch(/[\r\n]/)
      expect(readCommand(line)).toEqual({
        type: 'error',
        properties: { file: title, line: '3', title },
        message,
      })
    }),
    RUNS,
  )
})

test('any text of a repository gives one line per finding and no other command', () => {
  fc.assert(
    fc.property(anyText, anyText, (reason, file) => {
      const out = formatGithub(factsOf([row('a', { findings: [unreadable(reason, { file })] })]))
      expect(out).toMatch(/^::error [^\r\n\u001b]*\n$/)
    }),
    RUNS,
  )
})

test('the step summary stays below what GitHub accepts', () => {
  const rows = Array.from({ length: 3000 }, (_, index) =>
    row(`change-${index}`, { findings: many(5, 'critical') }),
  )
  const text = formatStepSummary(factsOf(rows))
  expect(Buffer.byteLength(text)).toBeLessThan(1 << 20)
  expect(text).toMatch(/\d+ more findings: `opsx verify --all` shows them/)
})

test('the step summary is appended to the file that GitHub names, and fails nothing', () => {
  const directory = mkdtempSync(join(tmpdir(), 'opsx-summary-'))
  const file = join(directory, 'summary.md')
  const written: string[] = []
  const contextOf = (env: Record<string, string>) => {
    const stream = { write: (text: unknown) => written.push(String(text)) }
    return createContext({
      argv: [],
      cwd: () => directory,
      env,
      stdout: stream,
      stderr: stream,
      stdin: process.stdin,
    })
  }
  contextOf({ GITHUB_STEP_SUMMARY: file }).appendSummary('one\n')
  contextOf({ GITHUB_STEP_SUMMARY: file }).appendSummary('two\n')
  contextOf({}).appendSummary('three\n')
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n')
  expect(written).toEqual([])
  contextOf({ GITHUB_STEP_SUMMARY: directory }).appendSummary('four\n')
  expect(written.join('')).toContain('The step summary was not written')
  rmSync(directory, { recursive: true })
})
