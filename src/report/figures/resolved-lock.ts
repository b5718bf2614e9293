import type { ResolvedLock } from '../../figures/lock/resolve-lock.ts'
import { printable, type Style, wrap } from '../style.ts'

export interface ResolvedFacts {
  settled: ResolvedLock['settled']
  writes: string[]
}

/** A line per figure that both sides measured, then the next command. */
export function formatResolved({ settled, writes }: ResolvedFacts, style: Style): string {
  const lines = settled.map(({ figure, taken, stale }) => {
    const symbol = stale ? style.yellow(style.warn) : style.green(style.ok)
    return `${symbol} ${printable(figure)}: took ${taken}${stale ? ', to be measured again' : ''}`
  })
  lines.push(...writes.map(path => `${style.green(style.ok)} wrote ${printable(path)}`))
  const stale = settled.filter(each => each.stale).map(({ figure }) => printable(figure))
  if (stale.length > 0)
    lines.push(...wrap(`${style.arrow} opsx figures measure ${stale.join(' ')}`, style.columns))
  return `${lines.join('\n')}\n`
}
