import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The nearest directory at or above `start` that contains `openspec/`, absolute; undefined when there is none. */
export function findRoot(start: string): string | undefined {
  for (let directory = resolve(start); ; directory = dirname(directory)) {
    if (statSync(join(directory, 'openspec'), { throwIfNoEntry: false })?.isDirectory()) return directory
    if (directory === dirname(directory)) return undefined
  }
}
