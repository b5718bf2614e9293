/**
 * Linear stores rich text and serializes it again, so a text comes back changed. This function makes the changes that
 * were observed: `- ` → `* `, `[a](u)` → `[a](<u>)`, blank lines collapsed, ends trimmed. Code is not changed.
 */
export function rewriteMarkdown(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const out: string[] = []
  let fence = ''
  for (const line of lines) {
    const marker = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
    const inside = fence !== ''
    if (!inside && marker) fence = marker
    else if (inside && marker.startsWith(fence)) fence = ''
    if (inside || marker) out.push(line)
    else if (line.trim() !== '') out.push(rewriteLine(line))
    else if (out.at(-1) !== '') out.push('')
  }
  return out.join('\n').replace(/^\n+|\n+$/g, '')
}

function rewriteLine(line: string): string {
  const bullets = line.trimEnd().replace(/^(\s*)[-+] (?=\S)/, '$1* ')
  const parts = bullets.split(/(`+[^`]*`+)/)
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\]\(([^()<>\s]+)\)/g, '](<$1>)')))
    .join('')
}
