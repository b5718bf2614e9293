import { editDistance } from '../findings/nearest-name.ts'

/** A requirement's name for comparison: trimmed, without a closing run of `#`, in Unicode form NFC. */
export function normalName(name: string): string {
  return bareName(name).normalize('NFC')
}

/** The name as spelled, without the closing run of `#` of an ATX heading; `C#` is kept. */
export function bareName(name: string): string {
  return name.replace(/[ \t]+#+[ \t]*$/, '').trim()
}

/** The name without case and doubled white space. Two names with the same fold are probably the same name. */
export function foldName(name: string): string {
  return normalName(name).toLowerCase().replace(/\s+/g, ' ')
}

/** The name that was probably meant: it differs in case and spacing only, or by one edit. */
export function nearMiss(name: string, names: Iterable<string>): string | undefined {
  const fold = foldName(name)
  let close: string | undefined
  for (const other of names) {
    if (foldName(other) === fold) return other
    if (close === undefined && editDistance(fold, foldName(other)) === 1) close = other
  }
  return close
}

/**
 * The existing capability that differs from an unknown one by at most one edit. Names with other numbers (`v1`, `v2`)
 * differ on purpose, and names under four characters are too short to compare.
 */
export function capabilityTypo(capability: string, existing: readonly string[]): string | undefined {
  const name = capability.toLowerCase()
  return existing.find(other => {
    if (Math.abs(other.length - name.length) > 1 || Math.min(other.length, name.length) < 4) return false
    return editDistance(name, other.toLowerCase()) <= 1 && digitsOf(name) === digitsOf(other)
  })
}

function digitsOf(name: string): string {
  return name.replace(/\D+/g, ' ').trim()
}
