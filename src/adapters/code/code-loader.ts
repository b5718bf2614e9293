import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { type CompiledCode, type CompiledFile, readAt } from './compiled-code.ts'

/** A file of the program as this run compiled it. */
export interface LoadedFile extends Pick<CompiledFile, 'size' | 'modified'> {
  name: string
  script: Script
  /** False when it had to be compiled from its source. */
  wasKept: boolean
}

type Require = (id: string) => unknown

const WRAPPER = '(function (exports, require, module, __filename, __dirname) { '
const END = '\n})'

/** Room for the largest file that most runs load. */
const ROOM = 256 * 1024

/**
 * A `require` for the files of one directory that ask for each other as `./name.js`: they run with the code that was
 * compiled earlier, as far as they are still the same files. Whatever else they ask for goes to `otherwise`.
 */
export function createCodeLoader(options: {
  directory: string
  code: CompiledCode | undefined
  otherwise: Require
}): { require: Require; loaded: LoadedFile[] } {
  const { directory, code, otherwise } = options
  const modules = new Map<string, { exports: unknown }>()
  const loaded: LoadedFile[] = []
  // All files and all code are read into the same memory, because touching new memory costs more than reading.
  let room = Buffer.allocUnsafeSlow(ROOM)

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
    const { source, size, modified } = readSource(filename)
    const kept = code?.files.get(name)
    const cachedData = kept?.size === size && kept.modified === modified ? codeOf(kept) : undefined
    const script = new Script(source, {
      filename,
      columnOffset: -WRAPPER.length,
      ...(cachedData && { cachedData }),
    })
    const wasKept = cachedData !== undefined && script.cachedDataRejected === false
    loaded.push({ name, size, modified, script, wasKept })
    return script.runInThisContext()
  }

  /** The files of the program are plain ASCII. */
  function readSource(filename: string) {
    const descriptor = openSync(filename, 'r')
    try {
      const { size, mtimeMs: modified } = fstatSync(descriptor)
      makeRoom(WRAPPER.length + size + END.length)
      room.write(WRAPPER, 'latin1')
      const { length } = readAt(descriptor, { start: 0, length: size }, room.subarray(WRAPPER.length))
      const end = WRAPPER.length + length
      room.write(END, end, 'latin1')
      return { source: room.toString('latin1', 0, end + END.length), size, modified }
    } finally {
      closeSync(descriptor)
    }
  }

  function codeOf({ start, length }: CompiledFile): Buffer | undefined {
    if (code === undefined) return undefined
    makeRoom(length)
    const bytes = readAt(code.descriptor, { start, length }, room)
    return bytes.length === length ? bytes : undefined
  }

  function makeRoom(size: number): void {
    if (room.length < size) room = Buffer.allocUnsafeSlow(size)
  }

  return { require: requireFile, loaded }
}
