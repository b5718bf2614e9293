/** A text on one line. It cannot start a Markdown block, nor a comment that would hide the text after it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('<!--', '\\<!--')
}

/** A text for a table cell; never empty, because some readers drop an empty last column. */
export function cell(text: string): string {
  return oneLine(text).replace(/\\*\|/g, pipe => (pipe.length % 2 === 0 ? pipe : `\\${pipe}`)) || '—'
}

/** A Markdown table without a line break at its end; pass cells through `cell` first. */
export function formatTable(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A text as inline code. */
export function inlineCode(text: string): string {
  const plain = oneLine(text)
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``
}
