import type { Wording } from '../definitions/definition.ts'

/** A figure's wording as expressions over the text around a number; null where the definition says nothing. */
export interface CompiledWording {
  /** Behind the number: `14 checks`, `14-check`, `14 flake checks`. `BETWEEN` names what stands between. */
  nounAfter: RegExp | null
  /** Before the number: `checks: 14`, `checks | 14`. */
  nounBefore: RegExp | null
  /** Before the number: `check count is 14`. `BETWEEN` names what stands between. */
  lead: RegExp | null
  not: RegExp | null
  /**
   * Plain words in lower case, one of which stands in every text that `nounAfter`, `nounBefore` or `lead` match; null
   * when a pattern is more than words. Most numbers are near none, which costs less to see than to compile for.
   */
  words: string[] | null
}

/** Group of what stands between; a wording may have groups of its own, so it has a name. */
export const BETWEEN = 'opsxBetween'

/** A pattern that begins with words and has at most one `x?` at its end; what is captured it always matches. */
const PLAIN = /^([\w -]+?)(?:[\w]\?)?$/
const MARKS = '[*_`]*'
const compiled = new WeakMap<Wording, CompiledWording>()
const ofWords = new Map<string, CompiledWording>()

/**
 * Compiles a wording once, and for all figures of the same words, so that a number is held against them once. A pattern
 * that is no regular expression matches nothing.
 */
export function compileWording(wording: Wording): CompiledWording {
  const known = compiled.get(wording)
  if (known) return known
  const words = JSON.stringify([wording.nouns, wording.lead, wording.not])
  const made = ofWords.get(words) ?? new LazyWording(wording)
  compiled.set(wording, made)
  ofWords.set(words, made)
  return made
}

/** Most numbers are near no word of a wording, so that nothing is compiled before it is asked for. */
class LazyWording implements CompiledWording {
  readonly words: string[] | null
  readonly #wording: Wording
  #nounAfter: RegExp | null | undefined
  #nounBefore: RegExp | null | undefined
  #lead: RegExp | null | undefined
  #not: RegExp | null | undefined

  constructor(wording: Wording) {
    this.#wording = wording
    this.words = plainWords([...wording.nouns, ...wording.lead])
  }

  get nounAfter(): RegExp | null {
    if (this.#nounAfter === undefined) {
      const between = `(?<${BETWEEN}>(?:${MARKS}[\\w'-]+${MARKS}\\s+){0,2}?)`
      this.#nounAfter = around(this.#wording.nouns, [`^${MARKS}(?:-|\\s+)${between}${MARKS}`, '(?!\\w)'])
    }
    return this.#nounAfter
  }

  get nounBefore(): RegExp | null {
    if (this.#nounBefore === undefined) {
      this.#nounBefore = around(this.#wording.nouns, ['(?:^|[^\\w-])', `${MARKS}\\s*[:=|]\\s*[*_\`(]*$`])
    }
    return this.#nounBefore
  }

  get lead(): RegExp | null {
    if (this.#lead === undefined) {
      const between = `(?<${BETWEEN}>[^.;!?()|]{0,60})`
      this.#lead = around(this.#wording.lead, ['(?:^|[^\\w-])', `(?!\\w)${between}$`])
    }
    return this.#lead
  }

  get not(): RegExp | null {
    if (this.#not === undefined) this.#not = expression(alternatives(this.#wording.not))
    return this.#not
  }
}

function plainWords(patterns: string[]): string[] | null {
  const stems = patterns.filter(pattern => pattern !== '').map(pattern => PLAIN.exec(pattern)?.[1] ?? '')
  return stems.includes('') ? null : stems.map(stem => stem.toLowerCase())
}

function alternatives(patterns: string[]): string | null {
  const sound = patterns.filter(pattern => pattern !== '' && expression(pattern))
  return sound.length === 0 ? null : `(?:${sound.map(pattern => `(?:${pattern})`).join('|')})`
}

function around(patterns: string[], [before, after]: [string, string]): RegExp | null {
  const middle = alternatives(patterns)
  return middle === null ? null : expression(`${before}${middle}${after}`)
}

function expression(source: string | null): RegExp | null {
  if (source === null) return null
  try {
    return new RegExp(source, 'i')
  } catch {
    return null
  }
}
