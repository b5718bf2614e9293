import { printable, type Style } from './style.ts'

/** The files a command wrote, one per line. */
export function formatWrites(paths: string[], style: Style): string {
  if (paths.length === 0) return `${style.green(style.ok)} Nothing to do: everything is there already.\n`
  return paths.map(path => `${style.green(style.ok)} wrote ${printable(path)}\n`).join('')
}
