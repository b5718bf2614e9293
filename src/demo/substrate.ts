/** The build that the demo's change is about, as one small program and the data it reads. */
export interface Substrate {
  checks: string[]
  passed: number
  ignored: number
  /** Evaluation time against the one before. */
  ratio: number
}

const PRIOR =
  'api-docs assets build cargo-deny cargo-lock-sync clippy docs e2e eval fmt links nextest secrets shell'.split(
    ' ',
  )

const MEMBERS = 'agent catalog cli core events http journal ledger store views wire'.split(' ')

/** 14 checks before the work, 27 after it, and 26 when one is removed. */
export const BEFORE: Substrate = { checks: PRIOR, passed: 911, ignored: 5, ratio: 1 }
const BUILT = [...PRIOR, 'toolchain', ...MEMBERS.map(name => `${name}-test`)]
export const AFTER: Substrate = {
  checks: [...BUILT, 'graph-invariants'],
  passed: 933,
  ignored: 5,
  ratio: 1.23,
}
export const SLIMMER: Substrate = { ...AFTER, checks: BUILT }

export function formatSubstrate(substrate: Substrate): string {
  return `${JSON.stringify(substrate, null, 2)}\n`
}
