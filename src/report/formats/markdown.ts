import { fixOf, messageOf } from '../../findings/message.ts'
import type { ReportedFacts, ReportedFinding, VerifiedRow } from '../../verify/reported-facts.ts'
import {
  countFindings,
  DECISION_WORDS,
  findingsOf,
  formatCounts,
  placeOf,
  plural,
  reportedFindings,
  worstFirst,
} from '../reported.ts'
import { printable } from '../style.ts'

/** GitHub refuses a comment above 65,536 characters. The rest is room for text that a workflow adds. */
const COMMENT_LIMIT = 60_000

const SYMBOLS = { fail: '❌', warn: '⚠️', pass: '✅' }

/** Share of the limit that the table may take. */
const TABLE_SHARE = 0.4

/**
 * The report for a pull request: decision, table of changes, findings with fixes by change. `limit` is in UTF-8 bytes.
 * Findings that do not fit are counted.
 */
export function formatMarkdown(facts: ReportedFacts, limit = COMMENT_LIMIT): string {
  const head = headOf(facts)
  const table = tableOf(facts.rows, limit * TABLE_SHARE)
  const room = limit - sizeOf(head) - sizeOf(table) - 200
  return [head, table, detailsOf(facts, room)].filter(Boolean).join('\n')
}

function headOf(facts: ReportedFacts): string {
  const found = reportedFindings(facts)
  const gating = found.filter(({ gates }) => gates).length
  const decision =
    gating > 0
      ? `${SYMBOLS.fail} **${plural(gating, 'finding')} must be fixed.**`
      : `${SYMBOLS.pass} **Nothing has to be fixed.**`
  const compared = facts.against === null ? '' : ` Compared with ${markdownCode(facts.against)}.`
  return `## opsx verify\n\n${decision} ${plural(facts.rows.length, 'change')}: ${formatCounts(found)}.${compared}\n`
}

const ORDER = { fail: 0, warn: 1, pass: 2 }

function tableOf(rows: VerifiedRow[], limit: number): string {
  if (rows.length === 0) return ''
  const head = [
    '| change | decision | phase | critical | warning | suggestion | accepted | pre-existing |',
    '|---|---|---|--:|--:|--:|--:|--:|',
  ]
  const lines = [...rows].sort((one, other) => ORDER[one.decision] - ORDER[other.decision]).map(lineOf)
  const kept = fitting(lines, limit)
  const rest = rows.length - kept.length
  const tail = rest > 0 ? `\nand ${plural(rest, 'change')} more.\n` : ''
  return `${[...head, ...kept].join('\n')}\n${tail}`
}

function lineOf({ change, decision, phase, ready, findings }: VerifiedRow): string {
  const { critical, warning, suggestion, carried, preExisting } = countFindings(findings)
  const word = ready ? `${SYMBOLS[decision]} ${DECISION_WORDS[decision]}` : 'nothing to verify yet'
  const cells = [markdownCode(change), word, markdownText(phase), critical, warning, suggestion, carried]
  return `| ${[...cells, preExisting].join(' | ')} |`
}

interface Block {
  text: string
  /** Findings in it. */
  count: number
}

/** Groups by change, each under its heading, until the room is used up. */
function detailsOf({ rows, repository }: ReportedFacts, room: number): string {
  const groups = rows.map(row => ({ title: markdownCode(row.change), findings: findingsOf(row) }))
  groups.push({ title: 'The repository', findings: repository })
  const blocks = groups
    .filter(({ findings }) => findings.length > 0)
    .sort((one, other) => gatingOf(other.findings) - gatingOf(one.findings))
    .flatMap(({ title, findings }): Block[] => [
      { text: `### ${title}\n`, count: 0 },
      ...worstFirst(findings).map(reported => ({ text: itemOf(reported), count: 1 })),
    ])
  const kept = fitting(
    blocks.map(({ text }) => text),
    room,
  )
  const rest = blocks.slice(kept.length).reduce((sum, { count }) => sum + count, 0)
  const tail = rest > 0 ? `\n${plural(rest, 'more finding')}: \`opsx verify --all\` shows them.\n` : ''
  return kept.map(text => `${text}\n`).join('') + tail
}

/** Groups that fail the run come first. */
function gatingOf(findings: ReportedFinding[]): number {
  return findings.some(({ gates }) => gates) ? 1 : 0
}

function itemOf({ finding, preExisting, accepted }: ReportedFinding): string {
  const aside =
    accepted !== null ? ` (accepted: ${markdownText(accepted)})` : preExisting ? ' (pre-existing)' : ''
  const place = placeOf(finding)
  const where = finding.file && place !== '' ? ` ${markdownCode(place)}` : ''
  const code = `\`${finding.code}\``
  return `- **${finding.severity}**${aside}${where} ${markdownText(messageOf(finding))}\n  **Fix:** ${markdownText(fixOf(finding))} (${code})`
}

/** As many texts from the start as the room in bytes allows. */
function fitting(texts: string[], room: number): string[] {
  let used = 0
  const end = texts.findIndex(text => {
    used += sizeOf(text) + 1
    return used > room
  })
  return end === -1 ? texts : texts.slice(0, end)
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/**
 * Repository text as one line of Markdown without effects: no markup, no HTML, no links, no mentions, no issue
 * references.
 */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replace(/@|#(?=\d)|:(?=\/\/)|www(?=\.)|\bGH(?=-\d)/gi, '$&&#8203;')
}

/** Text as a code span, safe inside a table; one line, empty for blank text. */
export function markdownCode(text: string): string {
  const line = printable(text)
  if (line.trim() === '') return ''
  // A code span in a table cannot contain a backslash before a pipe.
  if (line.includes('\\|')) return markdownText(line)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = /^[ `]|[ `]$/.test(line) ? ' ' : ''
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`
}
