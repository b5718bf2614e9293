import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { type Explanation, readExplanations } from '../findings/explanations.ts'
import {
  explainDocument,
  explanationOf,
  formatCodes,
  formatExplanation,
  nearestCode,
} from '../report/explain.ts'
import type { Report } from '../report/report.ts'
import type { Verb } from './verb.ts'

export const explainVerb: Verb<[code: string | undefined]> = {
  usage: 'explain [code]',
  summary:
    'explain a finding or an error: what it means, why it matters, how to fix it; without a code, list all',
  about: 'Needs no repository and no network.',
  example: 'opsx explain tasks/open\nopsx explain WORKSPACE_MISMATCH',
  run: (context, [code]) => explain(context, code),
}

/** Throws USAGE for an unknown code. */
export function explain(context: Context, code: string | undefined): Report {
  const explanations = readExplanations(context.shipped)
  const explanation = code === undefined ? undefined : findExplanation(explanations, code)
  return {
    schema: 'opsx/explain@1',
    exitCode: EXIT.ok,
    document: explainDocument(explanation ? [explanation] : explanations),
    text: style => (explanation ? formatExplanation(explanation, style) : formatCodes(explanations, style)),
  }
}

function findExplanation(explanations: Explanation[], wanted: string): Explanation {
  const explanation = explanationOf(explanations, wanted)
  if (explanation) return explanation
  const codes = explanations.map(({ code }) => code)
  const nearest = nearestCode(codes, wanted)
  throw new OpsxError('USAGE', `No finding or error has the code "${wanted}".`, {
    hint: nearest
      ? `Did you mean ${nearest}? opsx explain lists all codes.`
      : 'opsx explain lists all codes.',
  })
}
