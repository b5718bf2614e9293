import { createHash } from 'node:crypto'
import type { Explanation } from '../../findings/explanations.ts'
import type { Finding, FindingCode, Severity } from '../../findings/finding.ts'
import { fixOf, messageOf } from '../../findings/message.ts'
import type { ReportedFacts, ReportedFinding } from '../../verify/reported-facts.ts'
import { reportedFindings } from '../reported.ts'

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  warning: 'warning',
  suggestion: 'note',
  info: 'note',
}

/** Arguments with line numbers, which change when other lines are added. */
const MOVING = new Set(['line', 'first'])

/** A SARIF 2.1.0 log of one run. Code scanning wants a file for every result, so those without get one. */
export function formatSarif(facts: ReportedFacts, explanations: Explanation[]): string {
  const found = reportedFindings(facts)
  const codes = [...new Set(found.map(({ finding }) => finding.code))].sort()
  const fingerprints = fingerprintsOf(found.map(({ finding }) => finding))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'opsx',
            version: facts.version,
            rules: codes.map(code => ruleOf(code, explanations)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: found.map((reported, index) => ({
          ruleId: reported.finding.code,
          ruleIndex: codes.indexOf(reported.finding.code),
          ...result(reported, facts.against !== null),
          partialFingerprints: { 'opsxFinding/v1': fingerprints[index] },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function ruleOf(code: FindingCode, explanations: Explanation[]): Record<string, unknown> {
  const explanation = explanations.find(candidate => candidate.code === code)
  if (!explanation) return { id: code }
  const { means, why, fix, example } = explanation
  return {
    id: code,
    shortDescription: { text: means },
    fullDescription: { text: why },
    help: {
      text: `${means}\n\n${why}\n\n${fix}\n\n${example}`,
      markdown: `${means}\n\n${why}\n\n${fix}\n\n${example.replace(/^/gm, '    ')}`,
    },
  }
}

function result({ finding, preExisting, gates, accepted }: ReportedFinding, compared: boolean) {
  const { change, severity } = finding
  return {
    level: LEVELS[severity],
    message: { text: `${messageOf(finding)}\n${fixOf(finding)}` },
    locations: [locationOf(finding)],
    ...(compared ? { baselineState: preExisting ? 'unchanged' : 'new' } : {}),
    ...(accepted === null ? {} : { suppressions: [{ kind: 'external', justification: accepted }] }),
    properties: { severity, gates, ...(change === undefined ? {} : { change }) },
  }
}

function locationOf(finding: Finding): Record<string, unknown> {
  const { file, line, column } = finding
  const region =
    file && line ? { region: { startLine: line, ...(column ? { startColumn: column } : {}) } } : {}
  return { physicalLocation: { artifactLocation: { uri: uriOf(fileOf(finding)) }, ...region } }
}

/** A finding without a file is placed at the binding of its change, else at the registry. */
function fileOf({ file, change }: Finding): string {
  if (file) return file
  return change ? `openspec/changes/${change}/proposal.md` : 'openspec/linear.yaml'
}

/** A relative URI reference. Any path gives one, also a path with a colon. */
function uriOf(path: string): string {
  return path
    .split('/')
    .filter(segment => segment !== '')
    .map(segment => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/')
}

/** Independent of line numbers. A counter distinguishes equal findings of one file. */
function fingerprintsOf(findings: Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(finding => {
    const args = Object.entries(finding.args)
      .filter(([name]) => !MOVING.has(name))
      .sort(([one], [other]) => (one < other ? -1 : 1))
    const key = JSON.stringify([finding.code, fileOf(finding), args])
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}:${nth}`
  })
}
