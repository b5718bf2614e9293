/** True when a file of a change, relative to its directory, is what an artifact's `generates` (a path, or a glob with `*` and `**`) asks for. */
export function isGenerated(file: string, generates: string): boolean {
  if (!generates.includes('*')) return file === generates
  const pattern = generates
    .split(/(\*\*\/|\*)/)
    .map(part =>
      part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${pattern}$`).test(file)
}

/** True for one that names no single file. */
export function isGlob(generates: string): boolean {
  return /[*?[\]{}]/.test(generates)
}

/** True for a path that stays inside the change's directory. */
export function staysInside(generates: string): boolean {
  return !/^[\\/]|^[a-z]:|[\0\n]/i.test(generates) && !generates.split(/[\\/]/).includes('..')
}
