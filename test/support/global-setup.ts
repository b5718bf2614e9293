import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Whole-command tests run the bundle, so it must be there and fresh. */
export function setup(): void {
  const script = fileURLToPath(new URL('../../scripts/ready.mjs', import.meta.url))
  execFileSync(process.execPath, [script, '--build'], { stdio: 'inherit' })
}
