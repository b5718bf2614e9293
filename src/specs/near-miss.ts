/** A requirement's name as it is compared: without a closing run of `#`, trimmed, in Unicode form NFC. */
export function normalName(name: string): string {
  return bareName(name).normalize('NFC')
}

/** The name as it is spelled, without the closing run of `#` of an ATX heading (`C#` keeps its own). */
export function bareName(name: string): string {
  return name.replace(/[ \t]+#+[ \t]*$/, '').trim()
}

/** Case and white space folded: two names with one fold are one name misspelt (OPENSPEC: Delta parsing). */
export function foldName(name: string): string {
  return normalName(name).toLowerCase().replace(/\s+/g, ' ')
}

/** The other name that was probably meant: the same but for case and spacing, else one edit away. */
export function nearMiss(name: string, names: Iterable<string>): string | undefined {
  const fold = foldName(name)
  let close: string | undefined
  for (const other of names) {
    if (foldName(other) === fold) return other
    if (close === undefined && isOneEdit(fold, foldName(other))) close = other
  }
  return close
}

/**
 * The existing capability that an unknown one is one edit away from. Numbers are told apart on purpose (`v1`, `v2`),
 * and names under four characters are too short to tell.
 */
export function capabilityTypo(capability: string, existing: readonly string[]): string | undefined {
  const name = capability.toLowerCase()
  return existing.find(other => {
    if (Math.abs(other.length - name.length) > 1 || Math.min(other.length, name.length) < 4) return false
    return isOneEdit(name, other.toLowerCase(), true) && digitsOf(name) === digitsOf(other)
  })
}

function digitsOf(name: string): string {
  return name.replace(/\D+/g, ' ').trim()
}

/** True when one character is added, left out, replaced, or changed places with its neighbour. */
export function isOneEdit(one: string, other: string, same = false): boolean {
  if (one === other) return same
  if (Math.abs(one.length - other.length) > 1) return false
  let start = 0
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++
  const [a, b] = [one.slice(start), other.slice(start)]
  if (a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)) return true
  return a.length === b.length && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
}
