#!/usr/bin/env node
declare const OPSX_VERSION: string | undefined

if (typeof OPSX_VERSION === 'string' && asksVersionOnly(process.argv.slice(2))) {
  process.stdout.write(`${OPSX_VERSION}\n`)
} else {
  start()
}

async function start(): Promise<void> {
  if (Number.parseInt(process.versions.node, 10) >= 22) await keepCompiledCode()
  if (process.argv.includes('verify')) await keepYoungHeapSmall()
  const [{ run }, { EXIT }] = await Promise.all([import('./run.ts'), import('./errors.ts')])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(EXIT.interrupted))
  }
  process.exitCode = await run(process)
}

/** What scripts ask most often needs none of the program. */
function asksVersionOnly(words: string[]): boolean {
  return words.length === 1 && (words[0] === '--version' || words[0] === '-V')
}

/**
 * Verifying a thousand changes makes much short-lived garbage, which Node would rather let pile up: with a young heap
 * that stays at 2 MB the process needs a third less memory and no more time.
 */
async function keepYoungHeapSmall(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--max-semi-space-size=2')
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Node 22.1 keeps compiled code between runs when asked to; Node 20 would load the module for nothing. */
async function keepCompiledCode(): Promise<void> {
  const { enableCompileCache } = (await import('node:module')) as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
}
