import type { Severity } from '../../findings/finding.ts'
import type { JudgedFigures } from '../figure-row.ts'
import type { Verified } from '../run-verify.ts'
import type { Question } from './answers.ts'

/** The verdict of a change with all that it rests on besides its own files. */
export interface CachedVerdict {
  /** What was asked to judge it, with the answers of then (see Answers). */
  asked: [question: Question, answer: string][]
  verified: Verified
  /** Whether overlap with other open changes is looked for. */
  judged: boolean
  /** Requirements that it touches, as TouchedRequirements knows them. */
  touches: string[]
  /** What it says of figures, which the repository's own texts are held against; null when nobody asked. */
  figures: Pick<JudgedFigures, 'assertions' | 'cited'> | null
}

/** Its line in the cache: what is written twice in a verdict, or in every path, is written once. */
interface Line extends Omit<CachedVerdict, 'asked' | 'verified'> {
  asked: string[]
  verified: Omit<Verified, 'findings'> & { severities: Severity[] }
}

/** What stands for the directory of the change where a path begins; no path of a repository begins so. */
const HERE = '//'

/** Undefined for a verdict with a number that JSON does not have, such as one of four hundred digits. */
export function formatCachedVerdict(verdict: CachedVerdict, directory: string): string | undefined {
  if (!isInJson(verdict)) return undefined
  const { findings, ...verified } = verdict.verified
  const line: Line = {
    ...verdict,
    asked: verdict.asked.flatMap(([question, answer]) => [shortened(question, directory), answer]),
    verified: { ...verified, severities: findings.map(({ severity }) => severity) },
  }
  return JSON.stringify(line)
}

function isInJson({ verified, figures }: CachedVerdict): boolean {
  const isKept = (value: unknown) => typeof value !== 'number' || Number.isFinite(value)
  return (
    verified.judged.every(({ finding }) => Object.values(finding.args).every(isKept)) &&
    (figures?.assertions ?? []).every(({ value }) => isKept(value.value))
  )
}

function shortened(question: string, directory: string): string {
  const at = question.indexOf(' ') + 1
  if (at === 0 || !question.startsWith(directory, at)) return question
  return question.slice(0, at) + HERE + question.slice(at + directory.length)
}

/** `text` is of a change in the same directory. */
export function parseCachedVerdict(text: string, directory: string): CachedVerdict {
  const { asked, verified, ...rest } = JSON.parse(text) as Line
  const pairs: CachedVerdict['asked'] = []
  for (let at = 0; at < asked.length; at += 2) {
    const question = lengthened(asked[at] ?? '', directory)
    pairs.push([question as Question, asked[at + 1] ?? ''])
  }
  const { severities, ...of } = verified
  // What a run reports is what was judged, in the same order, without what is carried, at severities of its own.
  const reported = of.judged.filter(({ carried }) => carried === null)
  const findings = reported.map(({ finding }, index) => ({
    ...finding,
    severity: severities[index] ?? finding.severity,
  }))
  return { ...rest, asked: pairs, verified: { ...of, findings } }
}

function lengthened(question: string, directory: string): string {
  const at = question.indexOf(' ') + 1
  if (at === 0 || !question.startsWith(HERE, at)) return question
  return question.slice(0, at) + directory + question.slice(at + HERE.length)
}
