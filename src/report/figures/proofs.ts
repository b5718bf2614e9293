import type { Proof } from '../../figures/measuring/prove-figure.ts'
import { printable, type Style } from '../style.ts'

export interface ProofFacts {
  proofs: Proof[]
  writes: string[]
}

/** For each figure, whether its budget check fails when its value is out of budget. */
export function formatProofs({ proofs, writes }: ProofFacts, style: Style): string {
  if (proofs.length === 0) return `${style.dot} No measured figure has a budget.\n`
  const lines = proofs.map(({ figure, asserted, shown, caught }) => {
    const text = `${printable(figure)}: ${printable(shown)} against ${printable(asserted)}`
    return caught
      ? `${style.green(style.ok)} ${text}: ${style.red('fails, as expected')}`
      : `${style.red(style.bad)} ${text}: not caught`
  })
  return `${[...lines, ...writes.map(path => `${style.green(style.ok)} wrote ${printable(path)}`)].join('\n')}\n`
}
