import type { NumberFormat, NumberToken } from './number-token.ts'
import { spell } from './number-words.ts'

const SCALES = { '': 1, '%': 1, k: 1_000, K: 1_000, M: 1_000_000 }

/** The factor between the written digits and the value. */
export function scaleOf({ suffix }: NumberFormat): number {
  return SCALES[suffix]
}

/**
 * Writes a value in the format of another number: separators, decimals, suffix and spelling. A value that does not fit the
 * format, such as a spelled 1,000, is written in digits, with the decimals it needs.
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

/** Whether a number equals a value at its written precision: 19.7k equals 19,734, and 77% equals 77.31. */
export function isStated(token: Pick<NumberToken, 'value' | 'format'>, value: number): boolean {
  const half = (0.5 * scaleOf(token.format)) / 10 ** token.format.decimals
  // Half a unit in the last place may be rounded up or down. The second part allows for errors of binary fractions.
  return Math.abs(token.value - value) <= half + Math.abs(value) * 1e-12
}

/** A value in digits, with at most six significant digits. Whole numbers keep all digits. */
export function plain(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)))
}
