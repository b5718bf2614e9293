/**
 * True when a file of a change, relative to its directory, is what an artifact's `generates` (a path, or a glob with `*`
 * and `**`) asks for. Not a regular expression: a schema comes from the repository, and many stars would take one forever.
 */
export function isGenerated(file: string, generates: string): boolean {
  if (!generates.includes('*')) return file === generates
  return matches(file.split('/'), generates.split('/'), {
    star: '**',
    isSame: (name, pattern) => matches([...name], [...pattern], { star: '*', isSame: Object.is }),
  })
}

/** Whether a pattern with `star` for any number of parts matches a whole list. Takes the product of both lengths. */
function matches(
  parts: string[],
  pattern: string[],
  { star, isSame }: { star: string; isSame(part: string, wanted: string): boolean },
): boolean {
  let [part, at, lastStar, behindStar] = [0, 0, -1, 0]
  while (part < parts.length) {
    if (pattern[at] === star) [lastStar, behindStar, at] = [at, part, at + 1]
    else if (at < pattern.length && isSame(parts[part] ?? '', pattern[at] ?? ''))
      [part, at] = [part + 1, at + 1]
    else if (lastStar < 0) return false
    else [behindStar, part, at] = [behindStar + 1, behindStar + 1, lastStar + 1]
  }
  return pattern.slice(at).every(rest => rest === star)
}

/** True for a pattern that may match several files. */
export function isGlob(generates: string): boolean {
  return /[*?[\]{}]/.test(generates)
}

/** True for a path that stays inside the change's directory. */
export function staysInside(generates: string): boolean {
  return !/^[\\/]|^[a-z]:|[\0\n]/i.test(generates) && !generates.split(/[\\/]/).includes('..')
}
