#!/usr/bin/env node
import * as module from 'node:module'
import { EXIT } from './errors.ts'

declare const OPSX_VERSION: string | undefined

async function start(): Promise<void> {
  // Node 22.8 and later keep compiled code in a temporary directory. Modules imported afterwards load faster.
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
  const { run } = await import('./cli/run.ts')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(EXIT.interrupted))
  }
  process.exitCode = await run(process)
}

// Answered without loading the rest of opsx, because scripts and shims ask for it often.
const [first, ...others] = process.argv.slice(2)
const asksVersion = others.length === 0 && (first === '--version' || first === '-V')
if (asksVersion && typeof OPSX_VERSION === 'string') process.stdout.write(`${OPSX_VERSION}\n`)
else start()
