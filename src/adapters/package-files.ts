import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

declare const OPSX_VERSION: string | undefined

export const VERSION = typeof OPSX_VERSION === 'string' ? OPSX_VERSION : '0.0.0-source'

/** Text of a file in opsx's package, by its path in the package. Undefined when there is none. */
export function readShipped(path: string): string | undefined {
  const file = join(packageDirectory(dirname(fileURLToPath(import.meta.url))), path)
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined
}

/** The nearest directory with `templates/`: above `dist/` when installed, above `src/` from sources. */
function packageDirectory(from: string): string {
  const isPackage = fs.existsSync(join(from, 'templates'))
  return isPackage || from === dirname(from) ? from : packageDirectory(dirname(from))
}
