import { printable } from './style.ts'

/**
 * Text of a repository as Markdown that shows it and does nothing: no markup, no HTML, no link, no mention, no reference
 * to an issue. One line, to stand behind other text of its line.
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
  // No escape gives this in a code span of a table.
  if (line.includes('\\|')) return markdownText(line)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = /^[ `]|[ `]$/.test(line) ? ' ' : ''
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`
}
