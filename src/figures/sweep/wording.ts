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
}

/** Group of what stands between; a wording may have groups of its own, so it has a name. */
export const BETWEEN = 'opsxBetween'

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
  const made = ofWords.get(words) ?? compile(wording)
  compiled.set(wording, made)
  ofWords.set(words, made)
  return made
}

function compile(wording: Wording): CompiledWording {
  const nouns = alternatives(wording.nouns)
  const leads = alternatives(wording.lead)
  return {
    nounAfter: around(nouns, [
      `^${MARKS}(?:-|\\s+)(?<${BETWEEN}>(?:${MARKS}[\\w'-]+${MARKS}\\s+){0,2}?)${MARKS}`,
      '(?!\\w)',
    ]),
    nounBefore: around(nouns, ['(?:^|[^\\w-])', `${MARKS}\\s*[:=|]\\s*[*_\`(]*$`]),
    lead: around(leads, ['(?:^|[^\\w-])', `(?!\\w)(?<${BETWEEN}>[^.;!?()|]{0,60})$`]),
    not: expression(alternatives(wording.not)),
  }
}

function alternatives(patterns: string[]): string | null {
  const sound = patterns.filter(pattern => pattern !== '' && expression(pattern))
  return sound.length === 0 ? null : `(?:${sound.map(pattern => `(?:${pattern})`).join('|')})`
}

function around(middle: string | null, [before, after]: [string, string]): RegExp | null {
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
