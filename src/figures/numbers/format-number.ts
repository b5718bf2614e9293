import type { NumberFormat, NumberToken } from './number-token.ts'
import { spell } from './number-words.ts'

const SCALES = { '': 1, '%': 1, k: 1_000, K: 1_000, M: 1_000_000 }

/** What the written digits are multiplied by. */
export function scaleOf({ suffix }: NumberFormat): number {
  return SCALES[suffix]
}

/**
 * Writes a value as another one was written: separators, decimals, suffix and spelling stay. What the format cannot
 * say (a spelled 1,000; 1.23 without decimals) is written in digits, with the decimals it needs.
 */
export function formatNumber(value: number, format: NumberFormat): string {
  const spelled = format.style === 'words' ? spell(value, format.capital) : null
  if (spelled !== null) return spelled
  const scaled = Math.abs(value) / scaleOf(format)
  const rounds = format.decimals > 0 || format.suffix !== '' || scaled >= 10
  const digits = rounds ? scaled.toFixed(format.decimals) : plain(scaled)
  const [whole = '', fraction] = digits.split('.')
  const grouped = format.separator === '' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, format.separator)
  const sign = value < 0 && Number(digits) !== 0 ? '-' : ''
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}${format.suffix}`
}

/** Whether a token states a value, at the precision it is written in: 19.7k states 19,734, and 77% states 77.31. */
export function isStated(token: Pick<NumberToken, 'value' | 'format'>, value: number): boolean {
  const half = (0.5 * scaleOf(token.format)) / 10 ** token.format.decimals
  // Half a unit in the last place may be rounded either way; the rest is what binary fractions lose.
  return Math.abs(token.value - value) <= half + Math.abs(value) * 1e-12
}

/** A value for people, in plain digits: at most six significant ones, none of a whole number dropped. */
export function plain(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)))
}
