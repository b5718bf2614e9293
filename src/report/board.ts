import { cut, printable, type Style } from './style.ts'

export interface BoardLine {
  identifier: string
  title: string
  state: string
  comments: string[]
}

/** Issues of the embedded Linear with their comments, oldest first. */
export function formatBoard(issues: BoardLine[], style: Style): string {
  if (issues.length === 0) return 'The board is empty. Create an issue with opsx local issue "<title>".\n'
  return issues.map(issue => formatIssue(issue, style)).join('')
}

function formatIssue({ identifier, title, state, comments }: BoardLine, style: Style): string {
  const head = `${style.bold(identifier)}  ${state.padEnd(12)} ${printable(title)}`
  const lines = comments.map(body => cut(`  ${style.dot} ${printable(body)}`, style.columns, style))
  return `${[head, ...lines].join('\n')}\n`
}
