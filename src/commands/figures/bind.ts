import type { Command } from 'commander'
import type { Context } from '../../adapters/context.ts'
import { perform } from '../../cli/global-options.ts'
import { addVerb } from '../../cli/program.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { applyProposals, proposeBindings } from '../../figures/bindings/propose-bindings.ts'
import { readFigureSources } from '../../figures/figure-sources.ts'
import { formerIndexOf } from '../../figures/sweep/former-index.ts'
import { formatProposals, type ProposedFile, proposalsDocument } from '../../report/figures-proposals.ts'
import type { Report } from '../../report/report.ts'
import { printable } from '../../report/style.ts'
import type { GlobalOptions } from '../verb.ts'

interface BindOptions extends GlobalOptions {
  write?: boolean
}

export function addBind(figures: Command, context: Context, exit: (code: number) => void): void {
  addVerb(figures, {
    usage: 'bind [change...]',
    summary: 'propose bindings where the noun of a figure meets its value',
    example: 'opsx figures bind\nopsx figures bind add-dark-mode --write',
  })
    .option('--write', 'write them; asks once for each file, or give --yes')
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<BindOptions>(context, command, options => bindFigures(context, names, options)))
    })
}

/** Throws PROMPT_REFUSED where nobody can be asked and --yes is not given. */
export async function bindFigures(
  context: Context,
  names: string[],
  { write, yes }: BindOptions,
): Promise<Report> {
  const workspace = context.workspace()
  const files = readFigureSources(workspace, names).flatMap((source): ProposedFile[] => {
    const proposals = proposeBindings(source, formerIndexOf(source.measured))
    return proposals.length === 0 ? [] : [{ file: source.file, text: source.text, proposals }]
  })
  const writes: string[] = []
  for (const { file, text, proposals } of write ? files : []) {
    if (!yes && !(await agrees(context, file, proposals.length))) continue
    workspace.write(file, applyProposals(text, proposals))
    writes.push(file)
  }
  return {
    schema: 'opsx/figures@1',
    exitCode: EXIT.ok,
    document: proposalsDocument(files, writes),
    text: style => formatProposals(files, writes, style),
  }
}

async function agrees({ terminal }: Context, file: string, count: number): Promise<boolean> {
  if (!terminal.interactive) {
    throw new OpsxError(
      'PROMPT_REFUSED',
      `${file}: nobody can be asked whether to write ${count} bindings.`,
      {
        hint: 'Look at them without --write, then give --yes.',
      },
    )
  }
  const answer = await terminal.ask(`Write ${count} bindings into ${printable(file)}? [y/N] `)
  return /^y(es)?$/i.test(answer)
}
