import type { Hash } from 'node:crypto'
import * as fs from 'node:fs'

/** Text above this size is hashed as it is, in pieces. */
const MOST_TEXT = 2 ** 26
/** As much as git looks at to tell text from binary. */
const SAMPLE = 8000
const PIECE = 2 ** 20

/** SHA-256 as hex; text with LF line ends, because git checks the same commit out with CRLF on another machine. */
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

/** Most commands hash nothing, and Node needs longer to load its cryptography than to read a change. */
function sha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256')
}
