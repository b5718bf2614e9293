const PLAIN = /(?:^|[{,])[ \t]*(["']?)([\w-]+)\1[ \t]*:/gm

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

/** Finds the lines of keys in YAML or JSON text, for messages; the data are read by a parser. */
export class KeyLines {
  readonly #text: string
  /** Offsets after the colons of each plain key, in ascending order. */
  #plain: Map<string, number[]> | undefined
  #counted = { offset: 0, line: 1 }

  constructor(text: string) {
    this.#text = text
  }

  /** The 1-based line of the last key of this path that is found, from the top downwards. */
  of(path: readonly string[]): number {
    let at = 0
    for (const key of path) {
      const found = this.#next(key, at)
      if (found < 0) break
      at = found
    }
    return this.#lineAt(at)
  }

  #next(key: string, from: number): number {
    if (/^[\w-]+$/.test(key)) return this.#offsetsOf(key).find(offset => offset > from) ?? -1
    const literal = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const found = new RegExp(`(?:^|[{,])[ \\t]*(["']?)${literal}\\1[ \\t]*:`, 'm').exec(
      this.#text.slice(from),
    )
    return found ? from + found.index + found[0].length : -1
  }

  #offsetsOf(key: string): number[] {
    if (!this.#plain) {
      this.#plain = new Map()
      for (const { 0: all, 2: name = '', index } of this.#text.matchAll(PLAIN)) {
        const known = this.#plain.get(name)
        if (known) known.push(index + all.length)
        else this.#plain.set(name, [index + all.length])
      }
    }
    return this.#plain.get(key) ?? []
  }

  /** Counts from the last line, because callers mostly look keys up in the order of the text. */
  #lineAt(offset: number): number {
    if (offset < this.#counted.offset) this.#counted = { offset: 0, line: 1 }
    let { offset: at, line } = this.#counted
    for (; at < offset; at++) if (this.#text.charCodeAt(at) === 0x0a) line++
    this.#counted = { offset, line }
    return line
  }
}
