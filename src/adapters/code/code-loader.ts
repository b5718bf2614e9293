import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import type { CompiledCode, CompiledFile } from './compiled-code.ts'

/** A file of the program as this run compiled it. */
export interface LoadedFile extends Pick<CompiledFile, 'size' | 'modified'> {
  name: string
  script: Script
  /** False when it had to be compiled from its source. */
  wasKept: boolean
}

type Require = (id: string) => unknown

const WRAPPER = '(function (exports, require, module, __filename, __dirname) { '

/**
 * A `require` for the files of one directory that ask for each other as `./name.js`: they run with the code that was
 * compiled earlier, as far as they are still the same files. Whatever else they ask for goes to `otherwise`.
 */
export function createCodeLoader(options: { directory: string; code: CompiledCode; otherwise: Require }): {
  require: Require
  loaded: LoadedFile[]
} {
  const { directory, code, otherwise } = options
  const modules = new Map<string, { exports: unknown }>()
  const loaded: LoadedFile[] = []

  function requireFile(id: string): unknown {
    if (!id.startsWith('./')) return otherwise(id)
    const known = modules.get(id)
    if (known) return known.exports
    const module = { exports: {} }
    modules.set(id, module)
    try {
      const filename = join(directory, id)
      const run = compile(id.slice(2), filename)
      run.call(module.exports, module.exports, requireFile, module, filename, directory)
    } catch (error) {
      modules.delete(id)
      throw error
    }
    return module.exports
  }

  function compile(name: string, filename: string) {
    const { size, mtimeMs: modified } = statSync(filename)
    const kept = code.get(name)
    const usable = kept?.size === size && kept.modified === modified ? kept.data : undefined
    const source = `${WRAPPER}${readFileSync(filename, 'latin1')}\n})`
    const script = new Script(source, {
      filename,
      columnOffset: -WRAPPER.length,
      ...(usable && { cachedData: usable }),
    })
    const wasKept = usable !== undefined && script.cachedDataRejected === false
    loaded.push({ name, size, modified, script, wasKept })
    return script.runInThisContext()
  }

  return { require: requireFile, loaded }
}
