import { FINDINGS } from './areas.ts'
import type { Wording } from './define-findings.ts'
import type { Finding, FindingArgs, FindingCode } from './finding.ts'

/** The sentence of a finding. */
export function messageOf<C extends FindingCode>({ code, args }: Finding<C>): string {
  return wordingOf(code).message(args)
}

/** What to do about a finding. */
export function fixOf<C extends FindingCode>({ code, args }: Finding<C>): string {
  const { fix } = wordingOf(code)
  return typeof fix === 'string' ? fix : fix(args)
}

function wordingOf<C extends FindingCode>(code: C): Wording<FindingArgs[C]> {
  const wordings: { [K in FindingCode]: Wording<FindingArgs[K]> } = FINDINGS
  return wordings[code]
}
