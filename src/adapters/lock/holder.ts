import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod/mini'
import { codeOf } from '../../errors.ts'
import type { Holder } from '../../ports/lock.ts'

/** opsx cannot check a process of another host. A run takes minutes, so the run of an older lock has crashed. */
const FOREIGN_LOCK_MS = 24 * 60 * 60 * 1000
/** For a lock without readable content: its process crashed while it wrote the lock, or is writing it now. */
const UNREADABLE_LOCK_MS = 60 * 1000

export function newHolder(): Holder {
  return {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    processStart: readProcess(process.pid)?.start ?? null,
    token: randomBytes(8).toString('hex'),
  }
}

/** Undefined when there is no lock. Unreadable content gives a holder with pid 0 and the time of the file. */
export function readHolder(path: string): Holder | undefined {
  try {
    const text = fs.readFileSync(path, 'utf8')
    return parseHolder(text) ?? unknownHolder(fs.statSync(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const HOLDER = z.object({
  pid: z.int().check(z.positive()),
  host: z.string(),
  since: z.string().check(z.refine(text => !Number.isNaN(Date.parse(text)))),
  processStart: z.catch(z.nullable(z.string()), null),
  token: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
}) satisfies z.ZodMiniType<Holder>

function parseHolder(text: string): Holder | undefined {
  try {
    return HOLDER.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function unknownHolder(file: fs.Stats): Holder {
  const token = `unreadable-${file.ino}-${Math.floor(file.mtimeMs)}`
  return { pid: 0, host: '', since: file.mtime.toISOString(), processStart: null, token }
}

export function isStale(holder: Holder): boolean {
  const age = Date.now() - Date.parse(holder.since)
  if (holder.pid === 0) return age > UNREADABLE_LOCK_MS
  if (holder.host !== hostname()) return age > FOREIGN_LOCK_MS
  if (!isRunning(holder.pid)) return true
  const now = readProcess(holder.pid)
  if (now === undefined) return false
  return now.state === 'Z' || (holder.processStart !== null && now.start !== holder.processStart)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** Fields 3 and 22 of /proc/<pid>/stat. The command name before them may contain spaces and brackets. */
function readProcess(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, start] = [fields[0], fields[19]]
    return state !== undefined && start !== undefined ? { state, start } : undefined
  } catch {
    return undefined
  }
}
