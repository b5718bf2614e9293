import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeDirectory } from './code-directory.ts'
import { createCodeLoader } from './code-loader.ts'
import { openCompiled, STAMP_AGE } from './compiled-code.ts'
import type { Kept } from './keep-compiled.ts'

/** How old kept code may become before a run adds what it compiled beyond it. */
const REFRESHED_AFTER = 86_400_000

/**
 * Node 20 forgets compiled code when it exits. From here on `module` and all files beside it that are asked for run
 * with the code that an earlier run of the same verb kept. Returns what is to be kept after this run, undefined when
 * nothing is new. Returns undefined itself where code is not to be kept: when told so, without a home, and in
 * processes with flags of their own, which make other code or want to see each file being loaded.
 *
 * @param build identifies the files of the program, by their content
 */
export function useOwnCode(module: NodeJS.Module, build: string): (() => Kept | undefined) | undefined {
  const { env, version, arch } = process
  if (env.NODE_DISABLE_COMPILE_CACHE || env.NODE_OPTIONS || env.NODE_V8_COVERAGE) return undefined
  if (process.execArgv.length > 0) return undefined
  const installed = Math.round(statSync(module.filename).mtimeMs).toString(36)
  const key = `${build}-${installed}-${version}-${arch}`
  const directory = codeDirectory({ env, key })
  if (directory === undefined) return undefined
  const [verb = ''] = process.argv.slice(2)
  const path = join(directory, /^[a-z]{1,20}$/.test(verb) ? verb : 'other')
  const code = openCompiled(path, key)
  const { require, loaded } = createCodeLoader({
    directory: dirname(module.filename),
    code,
    otherwise: module.require.bind(module),
  })
  module.require = require as NodeJS.Require
  return () => {
    const now = Date.now()
    const isOld = now - (code?.stamp ?? 0) > STAMP_AGE + REFRESHED_AFTER
    const isNew = loaded.some(({ wasKept }) => !wasKept)
    // That run told the engine to compile otherwise.
    const isForeign = loaded.some(({ name }) => name.startsWith('long-run'))
    return (isOld || isNew) && !isForeign ? { path, key, code, loaded: [...loaded], now } : undefined
  }
}
