import { hash } from 'node:crypto'

/** As long as the longest header. */
const HEADER = 32
const MOST_BYTES_PER_UNIT = 3

/** Thousands of texts come by: a new string or buffer for each takes longer than digesting it. */
let room = Buffer.alloc(2 ** 16)

/** Size and git's id of a text as a blob, as `GitSurvey.unchanged` has them; `algorithm` is that of the repository. */
export function fileIdOf(text: string, algorithm: 'sha1' | 'sha256'): string {
  const most = HEADER + text.length * MOST_BYTES_PER_UNIT
  if (room.length < most) room = Buffer.alloc(most)
  const end = HEADER + room.write(text, HEADER)
  const header = `blob ${end - HEADER}\0`
  const start = HEADER - header.length
  room.write(header, start, 'latin1')
  return `${end - HEADER} ${hash(algorithm, room.subarray(start, end))}`
}
