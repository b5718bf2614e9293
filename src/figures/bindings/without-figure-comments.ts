import { markedComments } from './marked-comments.ts'

/** A text without its fig: and gate: comments, for readers who are not held to them; a line of nothing else goes with it. */
export function withoutFigureComments(text: string): string {
  const comments = [...markedComments(text, 'fig'), ...markedComments(text, 'gate')]
  let kept = text
  for (const { start, end } of comments.sort((one, other) => other.start - one.start)) {
    const before = kept.slice(0, start).replace(/[ \t]+$/, '')
    const alone = before === '' || before.endsWith('\n')
    kept = before + (alone ? kept.slice(end).replace(/^[ \t]*\r?\n/, '') : kept.slice(end))
  }
  return kept
}
