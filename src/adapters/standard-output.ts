import { fstatSync, type Stats, statSync, writeSync } from 'node:fs'

export interface Output {
  write(text: string | Uint8Array): unknown
  isTTY?: boolean
  columns?: number
}

/**
 * Standard output of a process. Into a file, a pipe or nowhere it writes to the descriptor itself, because setting up
 * Node's stream takes longer than most commands run. A reader that has gone away is no error.
 */
export function openOutput(from: { stdout: Output }): Output {
  if (from !== process) return from.stdout
  if (!isPlain(1)) return openStream()
  let stream: Output | undefined
  return {
    isTTY: false,
    write(text) {
      const rest = stream ? text : writeDirectly(1, Buffer.from(text))
      if (rest.length === 0) return
      stream ??= openStream()
      stream.write(rest)
    },
  }
}

function isPlain(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor)
    return stat.isFile() || stat.isFIFO() || stat.isSocket() || isNowhere(stat)
  } catch {
    return false
  }
}

function isNowhere(stat: Stats): boolean {
  return stat.isCharacterDevice() && stat.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev
}

/** Returns what a full pipe that does not block would not take; the stream knows how to wait. */
function writeDirectly(descriptor: number, bytes: Buffer): Buffer {
  let rest = bytes
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EAGAIN') return rest
    if (code !== 'EPIPE') throw error
  }
  return Buffer.alloc(0)
}

function openStream(): Output {
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
  return process.stdout
}
