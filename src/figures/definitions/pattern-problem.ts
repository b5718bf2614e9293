const LONGEST_PATTERN = 200
/** Of repetitions without an end; each one more may cost the length of the text once more. */
const MOST_REPETITIONS = 3

/**
 * Why a regular expression of a stranger's repository cannot be used, in one clause; null when it can. A repeated group
 * that repeats or chooses inside may take for ever on a short line, and a pull request must not hang a verification.
 */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > LONGEST_PATTERN) return `a pattern is longer than ${LONGEST_PATTERN} characters`
  try {
    new RegExp(pattern, 'i')
  } catch {
    return `"${pattern}" is no regular expression`
  }
  return costOf(pattern)
}

/** `reason` for a pattern, valid by itself, that has no or several captures. */
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
      if (closed?.varies && repeated) return `"${pattern}" repeats a group that repeats or chooses`
      if (closed?.varies && parent) parent.varies = true
    } else if (group && repetitionAt(pattern, at)) {
      group.varies = true
      repetitions++
    }
  }
  return repetitions > MOST_REPETITIONS
    ? `"${pattern}" repeats more than ${MOST_REPETITIONS} times without an end`
    : null
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  return pattern.length
}

/** True for `*`, `+`, `{2,}` and `{2,50}`; `?` and a fixed count cost nothing. */
function repetitionAt(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d+,\d*\})/.test(pattern.slice(at, at + 12))
}
