import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const built = join(root, 'dist', 'linear-schema.graphql')
const script = join(root, 'scripts', 'linear-schema.mjs')
const sdk = join(root, 'node_modules', '@linear', 'sdk', 'package.json')

/** Linear's schema as SDL, built once into the git-ignored `dist` and again when the SDK or the script changes. */
export function readLinearSchema(): string {
  const modified = (path: string) => (existsSync(path) ? statSync(path).ctimeMs : 0)
  if (modified(built) < Math.max(modified(script), modified(sdk)))
    execFileSync(process.execPath, [script, built])
  return readFileSync(built, 'utf8')
}
