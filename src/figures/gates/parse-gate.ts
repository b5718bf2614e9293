import type { Term } from '../bindings/binding.ts'
import { markedComments } from '../bindings/marked-comments.ts'
import { parseTerms } from '../bindings/parse-terms.ts'

/** What the `gate:` comments of a task require before it may be checked. */
export type Gate =
  /** Only a person may check the task. `by` is that person and the time; null while it is unchecked. */
  | { type: 'human'; by: string | null }
  /** All conditions must be met. */
  | { type: 'conditions'; conditions: Term[] }
  | { type: 'malformed'; reason: string }

const HUMAN = /^human(?:, checked by (.+))?$/

/** Reads the gate of a task; null when it has none. `text` is the task's line, or the text after its checkbox. */
export function parseGate(text: string): Gate | null {
  const comments = markedComments(text, 'gate', { headings: [], regions: [], boxes: [] })
  if (comments.length === 0) return null
  const conditions: Term[] = []
  let human: { by: string | null } | null = null
  for (const { body, closed } of comments) {
    if (!closed) return { type: 'malformed', reason: 'it does not end on its line' }
    const person = HUMAN.exec(text.slice(body.start, body.end).trim())
    if (person) {
      human = { by: person[1] ?? null }
      continue
    }
    const { terms, problem } = parseTerms(text, body)
    if (problem !== null) return { type: 'malformed', reason: problem }
    const past = terms.find(({ claim }) => claim.type === 'was')
    if (past) return { type: 'malformed', reason: `"${past.written}" is about a former value` }
    conditions.push(...terms)
  }
  if (human && conditions.length > 0)
    return { type: 'malformed', reason: 'it combines human with conditions' }
  return human ? { type: 'human', ...human } : { type: 'conditions', conditions }
}
