#!/usr/bin/env node
import { EXIT } from './errors.ts'
import { run } from './run.ts'

process.on('SIGINT', () => process.exit(EXIT.interrupted))
process.on('SIGTERM', () => process.exit(EXIT.interrupted))
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
})

run(process).then(code => {
  process.exitCode = code
})
