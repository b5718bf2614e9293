import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { isOwnDirectory } from './code-directory.ts'
import type { LoadedFile } from './code-loader.ts'
import { type CompiledCode, type Heading, readAt, STAMP_AGE } from './compiled-code.ts'

/** Installed builds whose code is kept, this one among them. */
const KEPT_BUILDS = 4

export interface Kept {
  /** Where to, in a directory for this build alone. */
  path: string
  key: string
  /** What was kept already: files that this run did not need stay. */
  code: CompiledCode | undefined
  loaded: LoadedFile[]
  now: number
}

/**
 * Keeps the compiled code of a run for the next ones, with each function that ran. Best effort: where it cannot be
 * written, opsx starts without.
 */
export function keepCompiled({ path, key, code, loaded, now }: Kept): void {
  const directory = dirname(path)
  try {
    if (!isOnOwnGround(directory)) return
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (!isOwnDirectory(directory)) return
    const stamp = Math.floor((now - STAMP_AGE) / 2000) * 2000
    replace(path, { bytes: formatCompiled(partsOf(code, loaded), { key, stamp }), stamp })
    removeOldBuilds(dirname(directory))
  } catch {}
}

/** False where what is there already belongs to somebody else: a superuser would leave directories in their home. */
function isOnOwnGround(path: string): boolean {
  const stat = fs.statSync(path, { throwIfNoEntry: false })
  if (stat !== undefined) return process.getuid === undefined || stat.uid === process.getuid()
  return path !== dirname(path) && isOnOwnGround(dirname(path))
}

interface Part {
  size: number
  modified: number
  data: Buffer
}

function partsOf(code: CompiledCode | undefined, loaded: LoadedFile[]): Map<string, Part> {
  const parts = new Map<string, Part>()
  for (const { name, size, modified, script } of loaded) {
    parts.set(name, { size, modified, data: script.createCachedData() })
  }
  for (const [name, file] of code?.files ?? []) {
    if (code === undefined || parts.has(name)) continue
    const { size, modified } = file
    parts.set(name, { size, modified, data: readAt(code.descriptor, file) })
  }
  return parts
}

function formatCompiled(parts: Map<string, Part>, { key, stamp }: Pick<Heading, 'key' | 'stamp'>): Buffer {
  const files: Heading['files'] = [...parts].map(([name, { size, modified, data }]) => {
    return [name, size, modified, data.length]
  })
  const heading = Buffer.from(JSON.stringify({ key, stamp, files } satisfies Heading))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(heading.length)
  return Buffer.concat([length, heading, ...[...parts.values()].map(({ data }) => data)])
}

/** The bytes reach the disk before the name does, so that not even a crash leaves a half-written file. */
function replace(path: string, { bytes, stamp }: { bytes: Buffer; stamp: number }): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    const descriptor = fs.openSync(temporary, 'wx', 0o600)
    try {
      fs.writeFileSync(descriptor, bytes)
      fs.futimesSync(descriptor, stamp / 1000, stamp / 1000)
      fs.fsyncSync(descriptor)
    } finally {
      fs.closeSync(descriptor)
    }
    fs.renameSync(temporary, path)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

function removeOldBuilds(directory: string): void {
  const builds = fs.readdirSync(directory).map(name => join(directory, name))
  const writtenAt = (path: string) => fs.lstatSync(path).mtimeMs
  const oldest = builds.filter(isOwnDirectory).sort((a, b) => writtenAt(b) - writtenAt(a))
  for (const build of oldest.slice(KEPT_BUILDS)) fs.rmSync(build, { recursive: true, force: true })
}
