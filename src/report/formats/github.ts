import { fixOf, messageOf } from '../../findings/message.ts'
import type { ReportedFacts, ReportedFinding } from '../../verify/reported-facts.ts'
import { plural, reportedFindings, worstFirst } from '../reported.ts'
import { printable } from '../style.ts'
import { formatMarkdown } from './markdown.ts'

/** GitHub shows no more of one type per step. */
const MOST = 10

/** GitHub refuses the whole summary of a step above 1 MiB. */
const SUMMARY_BYTES = 1_000_000

const TYPES = ['error', 'warning', 'notice'] as const

type Annotation = (typeof TYPES)[number]

/**
 * Workflow commands, one per line: at most ten per type, worst first. The last one gives the number of further findings.
 * Accepted findings are only in the summary.
 */
export function formatGithub(facts: ReportedFacts): string {
  const found = worstFirst(reportedFindings(facts)).filter(({ accepted }) => accepted === null)
  return TYPES.flatMap(type =>
    commandsOf(
      type,
      found.filter(reported => annotationOf(reported) === type),
    ),
  )
    .map(line => `${line}\n`)
    .join('')
}

/** Markdown for the file that GITHUB_STEP_SUMMARY names. */
export function formatStepSummary(facts: ReportedFacts): string {
  return formatMarkdown(facts, SUMMARY_BYTES)
}

/** A finding that fails the run is an error, whatever its severity. A pre-existing finding is a notice. */
function annotationOf({ finding, preExisting, gates }: ReportedFinding): Annotation {
  if (gates) return 'error'
  if (preExisting) return 'notice'
  if (finding.severity === 'critical') return 'error'
  return finding.severity === 'warning' ? 'warning' : 'notice'
}

function commandsOf(type: Annotation, found: ReportedFinding[]): string[] {
  if (found.length <= MOST) return found.map(reported => commandOf(type, reported))
  const shown = found.slice(0, MOST - 1).map(reported => commandOf(type, reported))
  const rest = plural(found.length - shown.length, `more ${type}`)
  return [...shown, workflowCommand(type, { title: 'opsx' }, `${rest}: see the summary of this step.`)]
}

function commandOf(type: Annotation, { finding, preExisting }: ReportedFinding): string {
  const { file, line, column, code, change } = finding
  const about = [change, preExisting ? 'pre-existing' : undefined].filter(Boolean).join(', ')
  const text = messageOf(finding).split('\n').map(printable).join('\n')
  return workflowCommand(
    type,
    {
      file: file && printable(file),
      line: file ? line : undefined,
      col: file && line ? column : undefined,
      title: printable(about === '' ? code : `${code} (${about})`),
    },
    `${text}\nFix: ${printable(fixOf(finding))}`,
  )
}

/** One workflow command on one line, for any text. */
export function workflowCommand(
  type: Annotation,
  properties: Record<string, string | number | undefined>,
  message: string,
): string {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${type} ${given.join(',')}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
