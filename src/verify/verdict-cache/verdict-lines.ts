import { hash } from 'node:crypto'

/** What a cache holds: a line for each verdict, by the digest of the files that it is about. */
export interface VerdictLines {
  /** Digest of what gave the verdicts and of what all of them rest on; any other makes them void. */
  world: string
  lines: ReadonlyMap<string, string>
}

const FORMAT = 'opsx verdicts 1'

/** Begins with a digest of the rest, so that a file that opsx did not write, or not to its end, is none. */
export function formatVerdictLines({ world, lines }: VerdictLines): string {
  const body = [...lines].map(([files, line]) => `${files} ${line}\n`).join('')
  return `${FORMAT} ${world} ${hash('sha256', body)}\n${body}`
}

/** Empty for any text that `formatVerdictLines` did not give, and for that of another world. */
export function parseVerdictLines(text: string, world: string): VerdictLines['lines'] {
  const end = text.indexOf('\n') + 1
  const body = text.slice(end)
  if (text.slice(0, end) !== `${FORMAT} ${world} ${hash('sha256', body)}\n`) return new Map()
  const lines = body.split('\n').slice(0, -1)
  return new Map(
    lines.map(line => {
      const space = line.indexOf(' ')
      return [line.slice(0, space), line.slice(space + 1)]
    }),
  )
}
