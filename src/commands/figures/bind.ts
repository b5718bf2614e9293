import type { Context } from '../../adapters/context.ts'
import { EXIT, OpsxError } from '../../errors.ts'
import { runBind } from '../../figures/bindings/run-bind.ts'
import { formatProposals, proposalsDocument } from '../../report/figures/proposals.ts'
import type { Report } from '../../report/report.ts'
import { printable } from '../../report/style.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface BindOptions extends GlobalOptions {
  write?: boolean
}

export const bindVerb: Verb<[names: string[]], BindOptions> = {
  usage: 'bind [change...]',
  summary: 'propose bindings for numbers in texts that match a figure',
  example: 'opsx figures bind\nopsx figures bind add-dark-mode --write',
  flags: command => command.option('--write', 'write them, after one question per file; --yes answers it'),
  writes: ({ write }) => write === true,
  run: (context, [names], options) => bindFigures(context, names, options),
}

/** Throws PROMPT_REFUSED without a terminal and without --yes. */
async function bindFigures(context: Context, names: string[], { write, yes }: BindOptions): Promise<Report> {
  const confirm = async (file: string, count: number) => yes === true || asks(context, file, count)
  const ports = { workspace: context.workspace(), confirm }
  const { files, writes } = await runBind(ports, { names, write: write === true })
  return {
    schema: 'opsx/figures@1',
    exitCode: EXIT.ok,
    document: proposalsDocument(files, writes),
    text: style => formatProposals(files, writes, style),
  }
}

async function asks({ terminal }: Context, file: string, count: number): Promise<boolean> {
  if (!terminal.interactive) {
    const message = `${file}: opsx cannot ask whether to write ${count} bindings, because there is no terminal.`
    throw new OpsxError('PROMPT_REFUSED', message, {
      hint: 'Review them without --write, then add --yes.',
    })
  }
  const answer = await terminal.ask(`Write ${count} bindings into ${printable(file)}? [y/N] `)
  return /^y(es)?$/i.test(answer)
}
