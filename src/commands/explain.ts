import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { codeNamed, explainDocument, formatCodes, formatExplain, nearestCode } from '../report/explain.ts'
import type { Report } from '../report/report.ts'

export function addExplain(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'explain [code]',
    summary:
      'what a finding or an error means, why it matters and how to fix it; without a code, all of them',
    example: 'opsx explain tasks/open\nopsx explain WORKSPACE_MISMATCH',
  }).action(async (code: string | undefined, _, command: Command) => {
    exit(await perform(context, command, () => explain(code)))
  })
}

/** Needs no repository and reads no file. Throws USAGE for a code that opsx does not know. */
export function explain(wanted: string | undefined): Report {
  const code = wanted === undefined ? undefined : (codeNamed(wanted) ?? refuse(wanted))
  return {
    schema: 'opsx/explain@1',
    exitCode: EXIT.ok,
    document: explainDocument(code),
    text: style => (code === undefined ? formatCodes(style) : formatExplain(code, style)),
  }
}

function refuse(wanted: string): never {
  const nearest = nearestCode(wanted)
  throw new OpsxError('USAGE', `There is no code "${wanted}".`, {
    hint: nearest
      ? `Did you mean ${nearest}? opsx explain lists all codes.`
      : 'opsx explain lists all codes.',
  })
}
