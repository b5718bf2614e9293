const PLAIN = /(?:^|[{,])[ \t]*(["']?)([\w-]+)\1[ \t]*:/gm

/** Says where keys stand in YAML text. Only for telling people where to look: the data are read by a parser. */
export class KeyLines {
  readonly #text: string
  /** Offsets behind the colons of each plain key, rising. */
  #plain: Map<string, number[]> | undefined
  #counted = { offset: 0, line: 1 }

  constructor(text: string) {
    this.#text = text
  }

  /** The 1-based line of a key, by following its path downwards; the line of the last key that is found. */
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

  /** Keys are asked for in the order in which they stand, mostly. */
  #lineAt(offset: number): number {
    if (offset < this.#counted.offset) this.#counted = { offset: 0, line: 1 }
    let { offset: at, line } = this.#counted
    for (; at < offset; at++) if (this.#text.charCodeAt(at) === 0x0a) line++
    this.#counted = { offset, line }
    return line
  }
}
