const HEADER = 12
/** Bytes of an entry before the object id: times, device, mode, owner and size. */
const STAT = 40
const MODE_AT = 24
const KIND = 0o170000
const DIRECTORY = 0o040000
const SUBMODULE = 0o160000
const STAGE = 0x3000
const EXTENDED = 0x4000
const INTENDED = 0x2000

/** How to read an index: `prefix` is what the wanted paths begin with, `idLength` that of a binary object id (20 or 32). */
export interface IndexRequest {
  prefix: string
  idLength: number
}

interface Entry {
  name: Buffer
  mode: number
  flags: number
  /** Of version 3 and later. */
  more: number
  /** Where the next entry begins. */
  end: number
}

/**
 * The paths of git's index that begin with `prefix` (gitformat-index, versions 2 to 4), without those that were only
 * announced by `git add --intent-to-add`. Undefined for what is not plain: another version, an index that is split
 * or holds whole directories, and below the prefix a conflict or a submodule.
 */
export function parseIndex(bytes: Buffer, { prefix, idLength }: IndexRequest): string[] | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = bytes.readUInt32BE(4)
  if (version < 2 || version > 4) return undefined
  const wanted = Buffer.from(prefix)
  const paths: string[] = []
  let at = HEADER
  let name: Buffer = Buffer.alloc(0)
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const entry = entryAt(bytes, at, { version, idLength, previous: name })
    if ((entry.mode & KIND) === DIRECTORY) return undefined
    name = entry.name
    at = entry.end
    if (!name.subarray(0, wanted.length).equals(wanted)) continue
    if ((entry.mode & KIND) === SUBMODULE || (entry.flags & STAGE) !== 0) return undefined
    if ((entry.more & INTENDED) === 0) paths.push(name.toString('utf8'))
  }
  return saysAll(bytes, { at, end: bytes.length - idLength }) ? paths : undefined
}

function entryAt(
  bytes: Buffer,
  at: number,
  { version, idLength, previous }: { version: number; idLength: number; previous: Buffer },
): Entry {
  const mode = bytes.readUInt32BE(at + MODE_AT)
  const flagsAt = at + STAT + idLength
  const flags = bytes.readUInt16BE(flagsAt)
  const isExtended = (flags & EXTENDED) !== 0
  const more = isExtended ? bytes.readUInt16BE(flagsAt + 2) : 0
  const afterFlags = flagsAt + (isExtended ? 4 : 2)
  const cut = version === 4 ? numberAt(bytes, afterFlags) : { value: previous.length, end: afterFlags }
  const nameEnd = bytes.indexOf(0, cut.end)
  if (nameEnd < 0 || cut.value > previous.length) throw new RangeError('the index is cut off')
  const rest = bytes.subarray(cut.end, nameEnd)
  const kept = previous.length - cut.value
  const name = kept === 0 ? rest : Buffer.concat([previous.subarray(0, kept), rest])
  const end = version === 4 ? nameEnd + 1 : at + ((nameEnd - at + 8) & ~7)
  return { name, mode, flags, more, end }
}

/** Git's numbers of seven bits a byte, in which each further byte counts from one more than the shorter ones reach. */
function numberAt(bytes: Buffer, at: number): { value: number; end: number } {
  let byte = bytes.readUInt8(at)
  let value = byte & 0x7f
  let end = at + 1
  while (byte & 0x80) {
    byte = bytes.readUInt8(end)
    value = (value + 1) * 0x80 + (byte & 0x7f)
    end++
  }
  return { value, end }
}

/** Whether the entries are the whole index: extensions that a reader may pass over begin with a capital. */
function saysAll(bytes: Buffer, { at, end }: { at: number; end: number }): boolean {
  let next = at
  while (next + 8 <= end) {
    const first = bytes.readUInt8(next)
    if (first < 0x41 || first > 0x5a) return false
    next += 8 + bytes.readUInt32BE(next + 4)
  }
  return next === end
}
