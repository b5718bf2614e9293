/** `hold` with a number or a plain amount behind it means "contain": `it holds exactly 14 checks`. */
const INVARIANT =
  /\b(?:stay(?:s|ed|ing)?|unchanged|parity|invarian(?:t|ce)|holds?(?!\s+(?:exactly|about|only|all|at (?:least|most)|\d))|held|holding|preserv(?:e[sd]?|ing)|remain(?:s|ed)?|constant)\b/i

/** The word by which a line says that a value does not change; empty when it says no such thing. */
export function invarianceOf(line: string): string {
  return INVARIANT.exec(line)?.[0] ?? ''
}
