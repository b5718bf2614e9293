const HEADER = 12
/** Bytes of an entry before the object id: times, device, mode, owner and size. */
const STAT = 40
const SIZE_AT = 36
/** The byte of the mode that says what an entry is. */
const KIND_AT = 26
const KIND = 0xf0
const REGULAR = 0x80
const DIRECTORY = 0x40
const SUBMODULE = 0xe0
const STAGE = 0x3000
const EXTENDED = 0x4000
const INTENDED = 0x2000
/** Length of the name in an entry's flags, which is that of any longer one too. */
const LENGTH = 0xfff

/** What a person told git not to compare with the disk. */
const ASSUMED = 0x8000
const SKIPPED = 0x4000

/** How to read an index: `prefix` is what the wanted paths begin with, `idLength` that of a binary object id (20 or 32). */
export interface IndexRequest {
  prefix: string
  idLength: number
  /** Whether the ids of the blobs are wanted. */
  ids?: boolean
}

/** A file of the index. */
export interface IndexEntry {
  /** From the top of the working tree. */
  path: string
  /** Of its blob, as hex; empty unless it is wanted. */
  id: string
  /** In bytes, of the file on disk when git last looked into it; zero when it has not. */
  size: number
  /** True for a regular file that git compares with the disk. */
  watched: boolean
}

/**
 * The entries of git's index whose paths begin with `prefix` (gitformat-index, versions 2 to 4), without those that were only
 * announced by `git add --intent-to-add`. Undefined for what is not plain: another version, an index that is split
 * or holds whole directories, and below the prefix a conflict or a submodule.
 */
export function parseIndex(
  bytes: Buffer,
  { prefix, idLength, ids = false }: IndexRequest,
): IndexEntry[] | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = bytes.readUInt32BE(4)
  if (version < 2 || version > 4) return undefined
  const wanted = Buffer.from(prefix)
  const name = version === 4 ? new CutName(bytes) : new WholeName(bytes)
  const found: IndexEntry[] = []
  let at = HEADER
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const flagsAt = at + STAT + idLength
    const flags = bytes.readUInt16BE(flagsAt)
    const isExtended = (flags & EXTENDED) !== 0
    const kind = (bytes[at + KIND_AT] ?? 0) & KIND
    if (kind === DIRECTORY) return undefined
    const next = name.read(at, flagsAt + (isExtended ? 4 : 2), flags & LENGTH)
    if (name.beginsWith(wanted)) {
      if (kind === SUBMODULE || (flags & STAGE) !== 0) return undefined
      const more = isExtended ? bytes.readUInt16BE(flagsAt + 2) : 0
      const watched = kind === REGULAR && (flags & ASSUMED) === 0 && (more & SKIPPED) === 0
      const id = ids ? bytes.toString('hex', at + STAT, flagsAt) : ''
      if ((more & INTENDED) === 0) {
        found.push({ path: name.text(), id, size: bytes.readUInt32BE(at + SIZE_AT), watched })
      }
    }
    at = next
  }
  return saysAll(bytes, { at, end: bytes.length - idLength }) ? found : undefined
}

/** The name of one entry after the other, where it stands: most are of no interest, and an object for each takes long. */
class WholeName {
  protected from: Buffer
  protected start = 0
  protected end = 0
  protected readonly bytes: Buffer

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.from = bytes
  }

  /** Reads the name at `start` of the entry at `entry`, and returns where the next entry begins. */
  read(entry: number, start: number, length: number): number {
    this.start = start
    this.end = length < LENGTH ? start + length : this.bytes.indexOf(0, start)
    if (this.bytes[this.end] !== 0) throw new RangeError('the index is cut off')
    return entry + ((this.end - entry + 8) & ~7)
  }

  /** From the end, where paths differ. */
  beginsWith(wanted: Buffer): boolean {
    if (this.end - this.start < wanted.length) return false
    for (let index = wanted.length - 1; index >= 0; index--) {
      if (this.from[this.start + index] !== wanted[index]) return false
    }
    return true
  }

  text(): string {
    return this.from.toString('utf8', this.start, this.end)
  }
}

/** Of version 4: what to cut off the end of the name before, and what comes in its place. */
class CutName extends WholeName {
  override read(_: number, start: number): number {
    const cut = numberAt(this.bytes, start)
    const end = this.bytes.indexOf(0, cut.end)
    const kept = this.end - cut.value
    if (end < 0 || kept < 0) throw new RangeError('the index is cut off')
    const length = kept + end - cut.end
    if (this.from === this.bytes || this.from.length < length) this.from = this.withRoom(kept, length)
    this.bytes.copy(this.from, kept, cut.end, end)
    this.end = length
    return end + 1
  }

  private withRoom(kept: number, length: number): Buffer {
    const room = Buffer.alloc(2 * length)
    this.from.copy(room, 0, 0, kept)
    return room
  }
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
