#!/usr/bin/env node
import * as modules from 'node:module'

declare const OPSX_VERSION: string | undefined

if (typeof OPSX_VERSION === 'string' && asksVersionOnly(process.argv.slice(2))) {
  process.stdout.write(`${OPSX_VERSION}\n`)
} else {
  // Node 22 keeps compiled code between runs; Node 20 has no such function.
  const { enableCompileCache } = modules as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
  start()
}

async function start(): Promise<void> {
  const [{ run }, { EXIT }] = await Promise.all([import('./run.ts'), import('./errors.ts')])
  process.on('SIGINT', () => process.exit(EXIT.interrupted))
  process.on('SIGTERM', () => process.exit(EXIT.interrupted))
  process.exitCode = await run(process)
}

/** What scripts ask most often needs none of the program. */
function asksVersionOnly(words: string[]): boolean {
  return words.length === 1 && (words[0] === '--version' || words[0] === '-V')
}
