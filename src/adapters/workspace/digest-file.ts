import type { Hash } from 'node:crypto'
import * as fs from 'node:fs'

/** Bytes. A larger file is hashed as it is, in pieces. */
const MOST_TEXT = 2 ** 26
/** Bytes that git looks at to distinguish text from binary. */
const SAMPLE = 8000
const PIECE = 2 ** 20

/** SHA-256 as hex. Text is hashed with LF line ends, because git may check out the same commit with CRLF elsewhere. */
export function digestFile(full: string, flags: number): string {
  const file = fs.openSync(full, flags)
  try {
    const { size } = fs.fstatSync(file)
    return size > MOST_TEXT ? digestLarge(file) : digestOf(fs.readFileSync(file))
  } finally {
    fs.closeSync(file)
  }
}

function digestOf(bytes: Buffer): string {
  const isText = !bytes.subarray(0, SAMPLE).includes(0)
  const text = isText && bytes.includes('\r\n') ? bytes.toString('latin1').replaceAll('\r\n', '\n') : null
  return sha256()
    .update(text === null ? bytes : Buffer.from(text, 'latin1'))
    .digest('hex')
}

function digestLarge(file: number): string {
  const hash = sha256()
  const piece = Buffer.alloc(PIECE)
  for (let read = fs.readSync(file, piece); read > 0; read = fs.readSync(file, piece)) {
    hash.update(piece.subarray(0, read))
  }
  return hash.digest('hex')
}

/** Loaded when needed: Node takes longer to load its cryptography than opsx takes to read a change. */
function sha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256')
}
