/**
 * The 1-based line of a key in YAML text, by following its path downwards; the line of the last key that is found. Only
 * for telling people where to look: the data are read by a parser.
 */
export function keyLine(text: string, path: readonly string[]): number {
  let at = 0
  for (const key of path) {
    const literal = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const found = new RegExp(`(?:^|[{,])[ \\t]*(["']?)${literal}\\1[ \\t]*:`, 'm').exec(text.slice(at))
    if (!found) break
    at += found.index + found[0].length
  }
  return text.slice(0, at).split('\n').length
}
