#!/usr/bin/env node
import * as module from 'node:module'

/** Node 22.1 and later keep compiled code in the system's temporary directory. */
const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
enableCompileCache?.()

// Imported afterwards, because the cache covers only what is loaded from here on.
const [{ run }, { EXIT }] = await Promise.all([import('./cli/run.ts'), import('./errors.ts')])
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(EXIT.interrupted))
}
process.exitCode = await run(process)
