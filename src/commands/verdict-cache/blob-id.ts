import { hash } from 'node:crypto'

/** Git's id of a text as a blob, `algorithm` being that of its repository. */
export function blobIdOf(text: string, algorithm: 'sha1' | 'sha256'): string {
  return hash(algorithm, `blob ${Buffer.byteLength(text)}\0${text}`)
}
