import type { Context } from '../../adapters/context.ts'
import { EXIT } from '../../errors.ts'
import { runProve } from '../../figures/measuring/run-prove.ts'
import { formatProofs } from '../../report/figures/proofs.ts'
import type { Report } from '../../report/report.ts'
import type { Verb } from '../verb.ts'

export const proveVerb: Verb<[names: string[]]> = {
  usage: 'prove [name...]',
  summary: 'check that each budget fails for a wrong value, and record the proof',
  example: 'opsx figures prove\nopsx figures prove cold_start',
  writes: () => true,
  run: (context, [names]) => prove(context, names),
}

/** Without names, every figure with a budget. */
export async function prove(context: Context, names: string[]): Promise<Report> {
  const { clock } = context
  const facts = runProve({ workspace: context.workspace(), clock }, names)
  return {
    schema: 'opsx/figures@1',
    exitCode: facts.proofs.every(({ caught }) => caught) ? EXIT.ok : EXIT.findings,
    document: { proofs: facts.proofs, writes: facts.writes },
    text: style => formatProofs(facts, style),
  }
}
