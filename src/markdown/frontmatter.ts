/** Frontmatter of a Markdown file: where it stands and what it says. */
export interface Frontmatter {
  /** Offsets of the YAML text between the fences; null when the file has no frontmatter. */
  range: { start: number; end: number } | null
  /** Offset of the first character after the closing fence's line end; 0 (or after the BOM) without frontmatter. */
  bodyOffset: number
  /** Parsed mapping; empty without frontmatter or when it does not parse. */
  data: Record<string, unknown>
  /** Why it does not parse, with a 1-based line of the file; null when it does. */
  problem: { reason: string; line: number } | null
}
