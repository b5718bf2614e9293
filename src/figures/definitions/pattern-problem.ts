const LONGEST_PATTERN = 200
/** Most unbounded repetitions in a pattern. Each one may multiply the matching time by the length of the text. */
const MOST_REPETITIONS = 3

/**
 * Why opsx refuses a regular expression of the repository, as one clause; null when it accepts it. A repeated group with
 * a repetition or a choice inside may take exponential time. A pull request must not be able to hang a verification.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > LONGEST_PATTERN) return `a pattern is longer than ${LONGEST_PATTERN} characters`
  try {
    new RegExp(pattern, 'i')
  } catch {
    return `"${pattern}" is not a regular expression`
  }
  return costOf(pattern)
}

/** Returns `reason` unless the valid pattern has exactly one capture. */
export function captureProblem(pattern: string, reason: string): string | null {
  return new RegExp(`${pattern}|`).exec('')?.length === 2 ? null : reason
}

function costOf(pattern: string): string | null {
  const groups: { varies: boolean }[] = [{ varies: false }]
  let repetitions = 0
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    const group = groups.at(-1)
    if (character === '\\') at++
    else if (character === '[') at = classEnd(pattern, at)
    else if (character === '(') groups.push({ varies: false })
    else if (character === '|' && group) group.varies = true
    else if (character === ')') {
      const closed = groups.pop()
      const parent = groups.at(-1)
      const repeated = repetitionAt(pattern, at + 1)
      if (closed?.varies && repeated)
        return `"${pattern}" repeats a group that contains a repetition or a choice`
      if (closed?.varies && parent) parent.varies = true
    } else if (group && repetitionAt(pattern, at)) {
      group.varies = true
      repetitions++
    }
  }
  return repetitions > MOST_REPETITIONS
    ? `"${pattern}" has more than ${MOST_REPETITIONS} unbounded repetitions`
    : null
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  return pattern.length
}

/** True for `*`, `+`, `{2,}` and `{2,50}`. `?` and a fixed count are cheap. */
function repetitionAt(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d+,\d*\})/.test(pattern.slice(at, at + 12))
}
