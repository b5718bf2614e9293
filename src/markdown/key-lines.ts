/** A key with its colon: quoted, or plain text without punctuation of YAML. */
const KEY = /(?:^|[{,])[ \t]*(?:(?:"([^"\n]*)"|'([^'\n]*)')[ \t]*|([^\s"'{},:#][^\r\n{},:]*)):/gm

/** One problem found by a schema: the path of the value and the reason. */
export interface SchemaIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** Of a value that matches none of several shapes: the issues with each. */
  readonly errors?: readonly (readonly SchemaIssue[])[]
}

/** The first issue of each value in the file, with its 1-based line. `base` are the keys down to what was checked. */
export function problemsOf(
  lines: KeyLines,
  issues: readonly SchemaIssue[],
  base: readonly string[] = [],
): { line: number; reason: string }[] {
  const first = new Map<string, SchemaIssue>()
  for (const issue of issues.map(innermost)) {
    const keys = issue.path.filter(key => typeof key !== 'number').join('\n')
    if (!first.has(keys)) first.set(keys, issue)
  }
  return [...first.values()].map(({ path, message }) => ({
    line: lines.of([...base, ...keysOf(path)]),
    reason: message,
  }))
}

/** The issue with an inner value, when it alone keeps a value from matching one of the shapes. */
function innermost(issue: SchemaIssue): SchemaIssue {
  const inner = (issue.errors ?? []).flatMap(([first]) => (first && first.path.length > 0 ? [first] : []))
  const [only] = inner
  if (!only || inner.length > 1) return issue
  return innermost({ ...only, path: [...issue.path, ...only.path] })
}

/** The keys down to the first list, because list items have no keys. */
function keysOf(path: readonly PropertyKey[]): string[] {
  const item = path.findIndex(key => typeof key === 'number')
  return path.slice(0, item < 0 ? path.length : item).map(String)
}

interface Place {
  offset: number
  line: number
}

/** Finds the lines of keys in YAML or JSON text, for messages; the data are read by a parser. */
export class KeyLines {
  readonly #text: string
  #places: Map<string, Place[]> | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** The 1-based line of the last key of this path that is found, from the top downwards. */
  of(path: readonly string[]): number {
    this.#places ??= placesOf(this.#text)
    let at: Place = { offset: -1, line: 1 }
    for (const key of path) {
      const next = this.#places.get(key)?.find(({ offset }) => offset > at.offset)
      if (!next) break
      at = next
    }
    return at.line
  }
}

function placesOf(text: string): Map<string, Place[]> {
  const places = new Map<string, Place[]>()
  let line = 1
  let counted = 0
  for (const { 1: double, 2: single, 3: plain, index } of text.matchAll(KEY)) {
    line += text.slice(counted, index).split('\n').length - 1
    counted = index
    const key = double ?? single ?? plain?.trimEnd() ?? ''
    const found = places.get(key) ?? []
    found.push({ offset: index, line })
    places.set(key, found)
  }
  return places
}
