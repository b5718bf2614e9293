#!/usr/bin/env node
import { type HeadStart, startSurvey } from './adapters/git/head-start.ts'
import { findRoot } from './adapters/workspace/find-root.ts'

declare const OPSX_VERSION: string | undefined

if (typeof OPSX_VERSION === 'string' && asksVersionOnly(process.argv.slice(2))) {
  process.stdout.write(`${OPSX_VERSION}\n`)
} else {
  start()
}

async function start(): Promise<void> {
  const headStart = startedFor(process.argv.slice(2))
  if (Number.parseInt(process.versions.node, 10) >= 22) await keepCompiledCode()
  const [{ run }, { EXIT }] = await Promise.all([import('./run.ts'), import('./errors.ts')])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(EXIT.interrupted))
  }
  process.exitCode = await run(process, undefined, headStart)
}

/** Git works while opsx is loaded. Words that only may lead to another directory, or to no verification, start nothing. */
function startedFor([verb, ...words]: string[]): HeadStart | undefined {
  if (
    (verb !== 'verify' && verb !== 'archive') ||
    words.some(word => /^-(?:-help|-cwd|[a-zA-Z]*[hC])/.test(word))
  )
    return undefined
  const root = findRoot(process.cwd())
  return root === undefined ? undefined : startSurvey(root)
}

/** What scripts ask most often needs none of the program. */
function asksVersionOnly(words: string[]): boolean {
  return words.length === 1 && (words[0] === '--version' || words[0] === '-V')
}

/** Node 22.1 keeps compiled code between runs when asked to; Node 20 would load the module for nothing. */
async function keepCompiledCode(): Promise<void> {
  const { enableCompileCache } = (await import('node:module')) as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
}
