const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

const VALUES = new Map([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as const),
])
const LONGEST = 9
const NEXT_WORD = /[- ]([a-z]+)(?![\w'])/y
const HUNDRED = /[- ]hundred(?![\w'])/y
const AND = /[- ]and(?=[- ])/y

/** A spelled number from 0 to 999. */
export interface SpelledNumber {
  value: number
  end: number
  capital: boolean
}

/** Reads the spelled number that begins with the word from `at` to `end`; null when the word is not a number. */
export function readSpelled(text: string, at: number, end: number): SpelledNumber | null {
  if (end - at < 3 || end - at > LONGEST) return null
  const word = text.slice(at, end)
  const lower = word.toLowerCase()
  const first = VALUES.get(lower)
  // NumberFormat cannot represent a word in capitals.
  if (first === undefined || word.slice(1) !== lower.slice(1)) return null
  const capital = word !== lower
  const below = belowHundred(text, end, first)
  const hundred = below.end === end && first > 0 && first < 10 ? matchEnd(HUNDRED, text, end) : -1
  if (hundred < 0) return { ...below, capital }
  const rest = afterHundred(text, hundred)
  return { value: first * 100 + rest.value, end: rest.end, capital }
}

/** Spells a whole number from 0 to 999; null for other values. */
export function spell(value: number, capital: boolean): string | null {
  if (!Number.isInteger(value) || value < 0 || value > 999) return null
  const words = value < 100 ? spellBelowHundred(value) : spellHundreds(value)
  return capital ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

function belowHundred(text: string, end: number, first: number): { value: number; end: number } {
  if (first < 20) return { value: first, end }
  NEXT_WORD.lastIndex = end
  const next = NEXT_WORD.exec(text)
  const unit = VALUES.get(next?.[1] ?? '') ?? 0
  return unit > 0 && unit < 10 ? { value: first + unit, end: NEXT_WORD.lastIndex } : { value: first, end }
}

function afterHundred(text: string, end: number): { value: number; end: number } {
  const joined = matchEnd(AND, text, end)
  NEXT_WORD.lastIndex = joined < 0 ? end : joined
  const next = VALUES.get(NEXT_WORD.exec(text)?.[1] ?? '')
  return next === undefined || next === 0 ? { value: 0, end } : belowHundred(text, NEXT_WORD.lastIndex, next)
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

function spellBelowHundred(value: number): string {
  if (value < 20) return SMALL[value] ?? ''
  const tens = TENS[Math.floor(value / 10) - 2] ?? ''
  return value % 10 === 0 ? tens : `${tens}-${SMALL[value % 10] ?? ''}`
}

function spellHundreds(value: number): string {
  const hundreds = `${SMALL[Math.floor(value / 100)] ?? ''} hundred`
  return value % 100 === 0 ? hundreds : `${hundreds} and ${spellBelowHundred(value % 100)}`
}
