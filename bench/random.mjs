/** mulberry32: the same numbers from the same seed on every machine. Returns a function to an integer below `limit`. */
export function randomOf(seed) {
  let state = seed >>> 0
  return limit => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** A UUID of version 4 out of the random function. */
export function uuidOf(random) {
  const hex = Array.from({ length: 32 }, () => random(16).toString(16))
  hex[12] = '4'
  hex[16] = '89ab'[random(4)]
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const WORDS =
  'build check crate derive ledger measure binding verdict review archive phase proposal design workspace cache index parser stream window budget schema record board issue team state digest evidence reader writer change task figure report'.split(
    ' ',
  )

/** A sentence of about a dozen words. */
export function sentenceOf(random) {
  const words = Array.from({ length: 8 + random(8) }, () => WORDS[random(WORDS.length)])
  const [first, ...rest] = words
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`
}

/** Paragraphs of sentences, at least `bytes` long. */
export function proseOf(random, bytes) {
  let text = ''
  for (let count = 1; text.length < bytes; count++) {
    text += sentenceOf(random) + (count % 4 === 0 ? '\n\n' : ' ')
  }
  return `${text.trim()}\n`
}
