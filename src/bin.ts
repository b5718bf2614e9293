#!/usr/bin/env node
import { useOwnCode } from './adapters/code/own-code.ts'
import { changeNamedIn, type HeadStart, startSurvey } from './adapters/git/head-start.ts'
import { findRoot } from './adapters/workspace/find-root.ts'

declare const OPSX_VERSION: string | undefined
declare const OPSX_BUILD: string | undefined

const build = typeof OPSX_BUILD === 'string' ? OPSX_BUILD : undefined

if (typeof OPSX_VERSION === 'string' && asksVersionOnly(process.argv.slice(2))) {
  process.stdout.write(`${OPSX_VERSION}\n`)
} else {
  start()
}

async function start(): Promise<void> {
  const headStart = startedFor(process.argv.slice(2))
  const finish = Number.parseInt(process.versions.node, 10) >= 22 ? await keepCompiledCode() : ownCode()
  const [{ run }, { EXIT }] = await Promise.all([import('./cli/run.ts'), import('./errors.ts')])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(EXIT.interrupted))
  }
  process.exitCode = await run(process, undefined, { headStart, build })
  if (process.exitCode === EXIT.ok || process.exitCode === EXIT.findings) await finish?.()
}

/** Git works while opsx is loaded. Words that only may lead to another directory, or to no verification, start nothing. */
function startedFor([verb, ...words]: string[]): HeadStart | undefined {
  if (
    (verb !== 'verify' && verb !== 'archive') ||
    words.some(word => /^-(?:-help|-cwd|[a-zA-Z]*[hC])/.test(word))
  )
    return undefined
  const root = findRoot(process.cwd())
  if (root === undefined) return undefined
  if (verb === 'verify') return startSurvey(root)
  const change = changeNamedIn(words, root)
  return change === undefined ? undefined : startSurvey(root, change)
}

/** What scripts ask most often needs none of the program. */
function asksVersionOnly(words: string[]): boolean {
  return words.length === 1 && (words[0] === '--version' || words[0] === '-V')
}

/** Node 22.1 keeps compiled code between runs when asked to. */
async function keepCompiledCode(): Promise<undefined> {
  const { enableCompileCache } = (await import('node:module')) as { enableCompileCache?: () => unknown }
  enableCompileCache?.()
}

/** Node 20 would load that module for nothing. */
function ownCode(): (() => Promise<void>) | undefined {
  const newCode = build === undefined ? undefined : useOwnCode(module, build)
  return async () => {
    const kept = newCode?.()
    if (kept) (await import('./adapters/code/keep-compiled.ts')).keepCompiled(kept)
  }
}
