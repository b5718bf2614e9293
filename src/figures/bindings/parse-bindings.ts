import { type Finding, finding } from '../../findings/finding.ts'
import type { Blocks } from '../../markdown/blocks.ts'
import { blocksOf } from '../../markdown/sections.ts'
import { severityOf } from '../comparison/text-severity.ts'
import type { TextKind } from '../measured.ts'
import type { Binding } from './binding.ts'
import { TargetFinder } from './binding-target.ts'
import { type MarkedComment, markedComments } from './marked-comments.ts'
import { parseTerms } from './parse-terms.ts'

/** A text that may state values of figures. */
export interface FigureText {
  text: string
  kind: TextKind
  /** Path relative to the root. */
  file: string
  /** Its change; undefined for main specs and other files. */
  change?: string
  /** Its parsed blocks, when the caller already has them. */
  blocks?: Blocks
}

/** The place of a finding, for a line of a text. */
export function placeIn({ change, file }: FigureText, line: number) {
  return { ...(change === undefined ? {} : { change }), file, line }
}

/**
 * Reads the figure comments of a text in order, each with the text that it binds. A comment that cannot be read becomes a
 * `figure/malformed` finding. Its terms before the unreadable one are returned.
 */
export function parseBindings(source: FigureText): { bindings: Binding[]; findings: Finding[] } {
  const { text, kind } = source
  const comments = markedComments(text, 'fig', source.blocks)
  const findings: Finding[] = []
  if (comments.length === 0) return { bindings: [], findings }
  const targets = new TargetFinder(text, source.blocks ?? blocksOf(text))
  const bindings = comments.flatMap(comment => {
    const { terms, problem } = termsOf(text, comment)
    if (problem !== null) {
      const place = placeIn(source, comment.line)
      findings.push(
        finding('figure/malformed', severityOf('figure/malformed', kind), { reason: problem }, place),
      )
    }
    const target = targets.targetOf(comment.line)
    return terms.map(term => ({ ...term, line: comment.line, target }))
  })
  return { bindings, findings }
}

function termsOf(text: string, { body, closed }: MarkedComment): ReturnType<typeof parseTerms> {
  return closed ? parseTerms(text, body) : { terms: [], problem: 'it does not end on its line' }
}
