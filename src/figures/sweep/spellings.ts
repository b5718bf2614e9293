import { spell } from '../numbers/number-words.ts'

/** How the spelled forms of some values begin, as expressions to look for them with. */
export class Spellings {
  readonly #small = new Set<string>()
  readonly #hundreds = new Set<string>()
  #compiled: { all: RegExp | null; belowHundred: RegExp | null } | undefined

  /** Adds a value, unless it is none that is spelled. */
  add(value: number): void {
    const words = spell(value, false)
    if (words === null) return
    const set = value < 100 ? this.#small : this.#hundreds
    set.add(/^\w+(?: hundred)?/.exec(words)?.[0] ?? words)
    this.#compiled = undefined
  }

  get all(): RegExp | null {
    return this.#expressions().all
  }

  /** Enough for a text without the word `hundred`, which most are. */
  get belowHundred(): RegExp | null {
    return this.#expressions().belowHundred
  }

  #expressions() {
    this.#compiled ??= {
      all: expressionOf([...this.#small, ...this.#hundreds]),
      belowHundred: expressionOf([...this.#small]),
    }
    return this.#compiled
  }
}

function expressionOf(starts: string[]): RegExp | null {
  return starts.length === 0 ? null : new RegExp(starts.map(anyCase).join('|'), 'g')
}

/** A spelled number may begin with a capital, and join its words with a hyphen. */
function anyCase(words: string): string {
  return `[${words.charAt(0).toUpperCase()}${words.charAt(0)}]${words.slice(1).replace(' ', '[- ]')}`
}
