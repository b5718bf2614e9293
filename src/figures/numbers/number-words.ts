const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** Values of the spelled numbers from 0 to 999, by their words without hyphens and without `and`. */
const VALUES = new Map(Array.from({ length: 1000 }, (_, value) => [plainWords(spellWhole(value)), value]))
const MORE_WORDS = /(?:[- ][a-z]+(?![\w'])){0,4}/y

/** A spelled number from 0 to 999. */
export interface SpelledNumber {
  value: number
  end: number
  capital: boolean
}

/** Reads the spelled number that begins with the word from `at` to `end`; null when the word is not a number. */
export function readSpelled(text: string, at: number, end: number): SpelledNumber | null {
  const word = text.slice(at, end)
  const lower = word.toLowerCase()
  // NumberFormat cannot represent a word in capitals.
  if (!VALUES.has(lower) || word.slice(1) !== lower.slice(1)) return null
  MORE_WORDS.lastIndex = end
  let spelled = lower + (MORE_WORDS.exec(text)?.[0] ?? '')
  while (!VALUES.has(plainWords(spelled))) spelled = spelled.slice(0, spelled.search(/[- ][a-z]+$/))
  const value = VALUES.get(plainWords(spelled)) ?? 0
  return { value, end: at + spelled.length, capital: word !== lower }
}

/** Spells a whole number from 0 to 999; null for other values. */
export function spell(value: number, capital: boolean): string | null {
  if (!Number.isInteger(value) || value < 0 || value > 999) return null
  const words = spellWhole(value)
  return capital ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

function plainWords(spelled: string): string {
  return spelled.replaceAll('-', ' ').replace('hundred and ', 'hundred ')
}

function spellWhole(value: number): string {
  if (value < 20) return SMALL[value] ?? ''
  const unit = value < 100 ? 10 : 100
  const count = Math.floor(value / unit)
  const first = unit === 10 ? `${TENS[count - 2]}` : `${SMALL[count]} hundred`
  const rest = value % unit
  return rest === 0 ? first : `${first}${unit === 10 ? '-' : ' and '}${spellWhole(rest)}`
}
