#!/usr/bin/env node
import * as module from 'node:module'
import { EXIT } from './errors.ts'

async function start(): Promise<void> {
  // Node 22.1 and later keep compiled code in the system's temporary directory; what is imported afterwards profits.
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
  const { run } = await import('./cli/run.ts')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(EXIT.interrupted))
  }
  process.exitCode = await run(process)
}

start()
