import type { Wording } from '../definitions/definition.ts'

/** A figure's wording as regular expressions for the text around a number; null where the definition has none. */
export interface CompiledWording {
  /** After the number: `14 checks`, `14-check`, `14 flake checks`. `BETWEEN` captures the words between. */
  nounAfter: RegExp | null
  /** Before the number: `checks: 14`, `checks | 14`. */
  nounBefore: RegExp | null
  /** Before the number: `check count is 14`. `BETWEEN` captures the words between. */
  lead: RegExp | null
  not: RegExp | null
}

/** A named group, because the patterns of a wording may have groups too. */
export const BETWEEN = 'opsxBetween'

const MARKS = '[*_`]*'
const NOUN_AFTER = `^${MARKS}(?:-|\\s+)(?<${BETWEEN}>(?:${MARKS}[\\w'-]+${MARKS}\\s+){0,2}?)${MARKS}`
const compiled = new WeakMap<Wording, CompiledWording>()

/** Compiles a wording once. An invalid pattern matches nothing. */
export function compileWording(wording: Wording): CompiledWording {
  const known = compiled.get(wording)
  if (known) return known
  const { nouns, lead, not } = wording
  const made = {
    nounAfter: around(nouns, [NOUN_AFTER, '(?!\\w)']),
    nounBefore: around(nouns, ['(?:^|[^\\w-])', `${MARKS}\\s*[:=|]\\s*[*_\`(]*$`]),
    lead: around(lead, ['(?:^|[^\\w-])', `(?!\\w)(?<${BETWEEN}>[^.;!?()|]{0,60})$`]),
    not: around(not, ['', '']),
  }
  compiled.set(wording, made)
  return made
}

function around(patterns: string[], [before, after]: [string, string]): RegExp | null {
  const valid = patterns.filter(pattern => pattern !== '' && expression(pattern))
  if (valid.length === 0) return null
  return expression(`${before}(?:${valid.map(pattern => `(?:${pattern})`).join('|')})${after}`)
}

function expression(source: string): RegExp | null {
  try {
    return new RegExp(source, 'i')
  } catch {
    return null
  }
}
