/** A text on one line, so that it can open no block of its own, and no comment that would hide what follows. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('<!--', '\\<!--')
}

/** A text in a table's cell; never empty, because readers drop an empty last column. */
export function cell(text: string): string {
  return oneLine(text).replace(/\\*\|/g, pipe => (pipe.length % 2 === 0 ? pipe : `\\${pipe}`)) || '—'
}

/** A Markdown table without a line break at its end; cells are made safe by `cell` before. */
export function formatTable(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A text as inline code. */
export function inlineCode(text: string): string {
  const plain = oneLine(text)
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``
}
