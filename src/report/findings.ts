import type * as z from 'zod/mini'
import type { Finding } from '../findings/finding.ts'
import { fixOf, messageOf } from '../findings/message.ts'
import type { FINDING } from './schemas/parts.ts'
import { printable, type Style, wrap } from './style.ts'

/** A finding as JSON documents show it (FORMATS.md "Findings"); absent places are null. */
export type FindingDocument = z.infer<typeof FINDING>

export function findingDocument(finding: Finding): FindingDocument {
  return {
    code: finding.code,
    severity: finding.severity,
    message: messageOf(finding),
    file: finding.file ?? null,
    line: finding.line ?? null,
    column: finding.column ?? null,
    change: finding.change ?? null,
    fix: fixOf(finding),
    evidence: finding.args,
    ...figureKeysOf(finding.args),
  }
}

/** The keys that programs read first in a finding about a figure. */
function figureKeysOf(
  args: Record<string, string | number>,
): Pick<FindingDocument, 'figure' | 'asserted' | 'measured'> {
  const keys = ['figure', 'asserted', 'measured'] as const
  return Object.fromEntries(keys.filter(key => args[key] !== undefined).map(key => [key, args[key]]))
}

/** Findings as text, grouped by change and file, with the same fix printed once. Empty without findings. */
export function formatFindings(findings: Finding[], style: Style): string {
  const changes = [...new Set(findings.map(({ change }) => change))]
  const sections = changes.map(change => {
    const own = findings.filter(each => each.change === change)
    const shown = own.map(each => ({ finding: each, symbol: symbolOf(each, style), aside: '' }))
    if (change === undefined || own.length === 1) return { head: '', shown, change, margin: '' }
    return { head: `${style.bold(printable(change))}\n`, shown, change, margin: '  ' }
  })
  return sections
    .map(({ head, shown, change, margin }) => {
      const named = head === '' ? undefined : change
      return head + formatShown(shown, { style, margin, change: named })
    })
    .join('')
}

function symbolOf({ severity }: Finding, style: Style): string {
  if (severity === 'critical') return style.red(style.bad)
  return severity === 'warning' ? style.yellow(style.warn) : style.dim(style.dot)
}

/** A finding with its symbol in one report. */
export interface ShownFinding {
  finding: Finding
  symbol: string
  /** Why it does not fail the run, such as `pre-existing`; else empty. */
  aside: string
}

interface Place {
  style: Style
  margin: string
  /** The change whose name is printed above: its files are named relative to its directory. */
  change: string | undefined
}

/** Findings by file in the order of their first; a file with several gets a heading. */
export function formatShown(shown: ShownFinding[], { style, margin, change }: Place): string {
  const directory = change === undefined ? '' : `openspec/changes/${change}/`
  const files = [...new Set(shown.map(({ finding }) => finding.file))]
  const items = files.flatMap(file => {
    const own = joinAlike(shown.filter(({ finding }) => finding.file === file))
    const path = printable(relativeTo(directory, file ?? ''))
    if (path === '' || own.length === 1) return own.map(item => ({ ...item, head: '', path, margin }))
    const head = `${margin}${style.bold(path)}\n`
    return byFix(own).map((item, index) => ({
      ...item,
      head: index === 0 ? head : '',
      path: '',
      margin: `${margin}  `,
    }))
  })
  return items
    .map((item, index) => {
      const next = items[index + 1]
      const isLast = next?.fix !== item.fix || next.margin !== item.margin
      return item.head + formatItem(item, { change, isLast, style })
    })
    .join('')
}

function relativeTo(directory: string, file: string): string {
  if (directory === '' || !`${file}/`.startsWith(directory)) return file
  return file.slice(directory.length)
}

/** Findings of one file that differ at most in their line and one number. */
interface Alike {
  first: ShownFinding
  lines: number[]
  message: string
  fix: string
}

function joinAlike(shown: ShownFinding[]): Alike[] {
  const groups: ShownFinding[][] = []
  for (const each of shown) {
    const group = groups.find(([first]) => first && isAlike(first, each))
    if (group && joinedMessage([...group, each]) !== null) group.push(each)
    else groups.push([each])
  }
  return groups.flatMap(group => {
    const [first] = group
    if (!first) return []
    const lines = [...new Set(group.flatMap(({ finding: { line } }) => (line === undefined ? [] : [line])))]
    return [{ first, lines, message: joinedMessage(group) ?? '', fix: fixOf(first.finding) }]
  })
}

function isAlike(one: ShownFinding, other: ShownFinding): boolean {
  return (
    one.finding.code === other.finding.code &&
    one.finding.change === other.finding.change &&
    one.symbol === other.symbol &&
    one.aside === other.aside &&
    fixOf(one.finding) === fixOf(other.finding)
  )
}

const NUMBER = /\d+(?:\.\d+)*/g

/** One sentence with every value of the one number that differs; null when more differs. */
function joinedMessage(group: ShownFinding[]): string | null {
  const messages = group.map(({ finding }) => messageOf(finding))
  const [first = ''] = messages
  const patterns = new Set(messages.map(message => message.replace(NUMBER, '0')))
  if (patterns.size > 1) return null
  const values = messages.map(message => message.match(NUMBER) ?? [])
  const columns = (values[0] ?? []).map((_, index) => [...new Set(values.map(row => row[index] ?? ''))])
  if (columns.filter(({ length }) => length > 1).length > 1) return null
  let index = 0
  return first.replace(NUMBER, () => columns[index++]?.join(', ') ?? '')
}

function byFix(items: Alike[]): Alike[] {
  const fixes = [...new Set(items.map(({ fix }) => fix))]
  return fixes.flatMap(fix => items.filter(item => item.fix === fix))
}

type Item = Alike & { path: string; margin: string }

function formatItem(
  { first, lines, message, fix, path, margin }: Item,
  { change, isLast, style }: { change: string | undefined; isLast: boolean; style: Style },
): string {
  const { finding, symbol, aside } = first
  const at = lines.join(', ')
  const inFile =
    finding.file === undefined ? '' : path === '' ? wordOf(lines, at) : at === '' ? path : `${path}:${at}`
  const owner = finding.change === undefined || finding.change === change ? '' : printable(finding.change)
  const place = finding.file === undefined ? owner : inFile
  const [head = '', ...rest] = message.split('\n').map(printable)
  const room = style.columns - margin.length - 2
  const code = style.dim(`[${finding.code}]${aside === '' ? '' : ` ${printable(aside)}`}`)
  const sentences = [`${place === '' ? '' : `${place}: `}${head}`, ...rest]
  sentences.push(`${sentences.pop()} ${code}`)
  const text = sentences.flatMap(sentence => wrap(sentence, room))
  const way = isLast ? wrap(`${style.arrow} ${printable(fix)}`, room).map(style.dim) : []
  const body = [...text, ...way].map(
    (line, index) => `${margin}${index === 0 ? `${symbol} ` : '  '}${line}\n`,
  )
  return body.join('')
}

function wordOf(lines: number[], at: string): string {
  return lines.length === 0 ? '' : `${lines.length === 1 ? 'line' : 'lines'} ${at}`
}
