const UNSIGNED = /(<!--\s*gate:\s*human)(\s*-->)/
const SIGNED = /(<!--\s*gate:\s*human), checked by [^\n]*?(\s*-->)/

/**
 * Puts who checked a `gate: human` task, and when, into its comment; null removes it. `line` is the line of
 * the box; every byte outside the comment stays.
 */
export function signGate(line: string, signature: { by: string; date: string } | null): string {
  const unsigned = line.replace(SIGNED, '$1$2')
  if (signature === null) return unsigned
  const by = signerOf(signature.by)
  return unsigned.replace(
    UNSIGNED,
    (_, head: string, tail: string) => `${head}, checked by ${by}, ${signature.date}${tail}`,
  )
}

/** A name that fits into a comment: one line that does not close the comment; empty when nothing is left. */
export function signerOf(by: string): string {
  return by
    .replace(/[\u0000-\u001f\u007f-\u009f]|--+>?|[<>]/g, ' ')
    .trim()
    .slice(0, 80)
}
