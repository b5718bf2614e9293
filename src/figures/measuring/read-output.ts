import { createHash } from 'node:crypto'
import type { ShellResult } from '../../ports/shell.ts'
import type { Workspace } from '../../ports/workspace.ts'
import { type CountedTests, countTests } from '../../test-reports/junit-counts.ts'
import type { Figure, OutputParser } from '../definitions/definition.ts'
import { jsonValue } from './json-value.ts'
import type { MatchingFiles } from './matching-files.ts'
import { LONGEST_RAW, type Read, shortened } from './read.ts'

/** The result of one run of a command, and access to the files it wrote. */
export interface CommandOutput {
  result: ShellResult
  workspace: Pick<Workspace, 'read' | 'stamp'>
  files: MatchingFiles
  /** Stamps of report files before the command ran. A report with the same stamp is from an earlier run. */
  before: ReadonlyMap<string, string>
  /** Whether a value of 0 is accepted. */
  allowZero: boolean
}

const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:[,_]\d{3})+)(?:\.\d+)?(?:e[+-]?\d+)?%?$/i

/**
 * Reads one figure from the output of its command. Without a match, the result is a problem and never 0. A value of 0 is
 * also a problem unless `allowZero` is set; exit statuses and test counts may be 0.
 */
export function readOutput(
  parser: OutputParser,
  { name, kind }: Pick<Figure, 'name' | 'kind'>,
  output: CommandOutput,
): Read {
  const failure = failureOf(parser, output.result)
  if (failure !== null) return { problem: failure }
  const read = readBy(parser, { name, kind }, output)
  if ('problem' in read) return read
  const { value } = read
  if (typeof value === 'number' ? !Number.isFinite(value) : value === '')
    return { problem: 'its value is not a number' }
  const zero = value === 0 || (Array.isArray(value) && value.length === 0)
  if (zero && !output.allowZero && parser.type !== 'exit' && parser.type !== 'junit') {
    return { problem: 'its value is 0, which is most often a mistake; --allow-zero accepts it' }
  }
  return { value: Array.isArray(value) ? [...new Set(value)].sort() : value, raw: shortened(read.raw) }
}

/** Why the output of a failed command cannot be used; null when it can. */
function failureOf(parser: OutputParser, { status, ended, stderr, seconds }: ShellResult): string | null {
  if (ended === 'timeout') return `the command was stopped after ${Math.round(seconds)} seconds, its timeout`
  if (ended === 'flood') return 'the command was stopped because it printed too much'
  if (status === null) return 'a signal ended the command'
  const missing = status === 127 || status === 126
  if (status === 0 || (!missing && (parser.type === 'exit' || parser.type === 'junit'))) return null
  const last = stderr.trim().split(/\r?\n/).at(-1)?.trim() ?? ''
  return `the command exited with ${status}${last === '' ? '' : `: ${last.slice(0, LONGEST_RAW)}`}`
}

function readBy(
  parser: OutputParser,
  { name, kind }: Pick<Figure, 'name' | 'kind'>,
  output: CommandOutput,
): Read {
  const { stdout, status } = output.result
  if (parser.type === 'exit') return { value: status ?? -1, raw: `exit ${status}` }
  if (parser.type === 'junit') return junitValue(name, parser.files, output)
  if (stdout.trim() === '') return { problem: 'the command printed nothing' }
  if (parser.type === 'number') return numberRead(stdout.trim())
  if (parser.type === 'lines') return linesRead(stdout, parser)
  if (parser.type === 'regex') return regexRead(stdout, parser)
  if (parser.type === 'json') return jsonValue(stdout, parser, kind)
  const text = stdout.replaceAll('\r\n', '\n')
  return { value: `sha256:${createHash('sha256').update(text).digest('hex')}`, raw: text.trim() }
}

function numberRead(text: string): Read {
  const value = numberOf(text)
  if (value !== null) return { value, raw: text }
  return { problem: `the command printed more than one number, or none: "${text.slice(0, 60)}"` }
}

/** Parses a number with optional separators and percent sign; null for other text. */
function numberOf(text: string): number | null {
  return NUMBER.test(text) ? Number(text.replace(/[,_%]/g, '')) : null
}

function linesRead(stdout: string, { filter, as }: Extract<OutputParser, { type: 'lines' }>): Read {
  const pattern = filter === null ? null : new RegExp(filter)
  const lines = stdout
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && (pattern?.test(line) ?? true))
  if (as === 'count') return { value: lines.length, raw: lines[0] ?? '' }
  return { value: lines, raw: lines.join(' ') }
}

function regexRead(stdout: string, { pattern, take }: Extract<OutputParser, { type: 'regex' }>): Read {
  const matches = [...stdout.matchAll(new RegExp(pattern, 'gm'))]
  const found = take === 'last' ? matches.slice(-1) : matches
  if (found.length === 0) return { problem: `/${pattern}/ matches nothing that the command printed` }
  if (found.length > 1 && take === 'only') return { problem: `/${pattern}/ matches ${found.length} times` }
  const numbers = found.map(match => numberOf((match[1] ?? '').trim()))
  const wrong = numbers.indexOf(null)
  if (wrong >= 0) return { problem: `/${pattern}/ captures no number in "${found[wrong]?.[0].slice(0, 60)}"` }
  const value = numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0)
  return { value, raw: found.map(match => match[0]).join(' ') }
}

function junitValue(name: string, globs: string[], output: CommandOutput): Read {
  const key = name.split('.')[1] ?? ''
  const counts = countReports(globs, output)
  if ('problem' in counts) return counts
  const { passed, failed, skipped, total } = counts
  if (total === 0 && !output.allowZero) return { problem: 'no test ran; --allow-zero accepts that' }
  const value = { passed, failed, skipped, total }[key]
  if (value === undefined) return { problem: 'a JUnit report yields passed, failed, skipped and total' }
  return { value, raw: `${passed} passed, ${failed} failed, ${skipped} skipped` }
}

function countReports(
  globs: string[],
  { workspace, files, before }: CommandOutput,
): CountedTests | { problem: string } {
  const found = files.of(globs)
  if (found.length === 0) return { problem: `no report matches ${globs.join(', ')}` }
  const written = found.filter(path => workspace.stamp(path) !== before.get(path))
  if (written.length === 0)
    return { problem: `the command wrote no report: ${found[0]} is from an earlier run` }
  const sum = { passed: 0, failed: 0, skipped: 0, total: 0 }
  for (const path of written) {
    const counts = countTests(workspace.read(path) ?? '')
    if ('problem' in counts) return { problem: `${path} ${counts.problem}` }
    for (const key of ['passed', 'failed', 'skipped', 'total'] as const) sum[key] += counts[key]
  }
  return sum
}
