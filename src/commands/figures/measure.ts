import type { Context } from '../../adapters/context.ts'
import { EXIT } from '../../errors.ts'
import { type MeasurePorts, type MeasureResult, runMeasure } from '../../figures/measuring/run-measure.ts'
import { formatMeasurement, measurementDocument } from '../../report/figures/measurement.ts'
import type { Report } from '../../report/report.ts'
import { printable } from '../../report/style.ts'
import type { RepositoryCommand } from '../../trusted-commands/accepted-commands.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface MeasureOptions extends GlobalOptions {
  check?: boolean
  /** `once` accepts the commands for this run only. */
  trust?: boolean | 'once'
  allowZero?: boolean
  change?: string
}

export const measureVerb: Verb<[names: string[]], MeasureOptions> = {
  usage: 'measure [name...]',
  summary: 'run the commands of figures and record their values',
  example: 'opsx figures measure\nopsx figures measure tests --trust\nopsx figures measure --check',
  flags: command =>
    command
      .option('--check', 'compare with the recorded values and write nothing')
      .option('--trust', 'accept commands that are new or have changed; in CI it accepts none')
      .option('--allow-zero', 'accept a value of 0')
      .option('--change <change>', 'also read the figures.yaml of this change, which takes precedence'),
  run: (context, [names], options) => measure(context, names, options),
}

export async function measure(context: Context, names: string[], options: MeasureOptions): Promise<Report> {
  const check = options.check === true
  const result = await runMeasure(await portsOf(context), {
    names,
    change: options.change,
    check,
    trust: options.trust ?? false,
    allowZero: options.allowZero === true,
  })
  const facts = { ...result, check }
  return {
    schema: 'opsx/figures@1',
    exitCode: isRed(result, check) ? EXIT.findings : EXIT.ok,
    document: measurementDocument(facts),
    text: style => formatMeasurement(facts, style),
  }
}

function isRed({ outcomes, findings }: MeasureResult, check: boolean): boolean {
  const wrong = outcomes.some(({ outcome, agrees }) => outcome === 'failed' || (check && !agrees))
  return wrong || findings.length > 0
}

async function portsOf(context: Context): Promise<MeasurePorts> {
  const workspace = context.workspace()
  const [shell, git, lock] = await Promise.all([context.shell(), context.git(), context.lock()])
  const { clock, terminal, env } = context
  return {
    ...{ workspace, shell, git, clock, lock, terminal },
    trusted: context.trustedCommands,
    confirm: terminal.interactive ? command => confirm(context, command) : null,
    ci: Boolean(env.CI),
  }
}

async function confirm({ terminal }: Context, { name, run }: RepositoryCommand): Promise<boolean> {
  terminal.progress('')
  terminal.err(`${name} runs a command that was not accepted here yet:\n  ${printable(run)}\n`)
  const answer = await terminal.ask('Accept it and run it now? [y/N] ')
  return /^y(es)?$/i.test(answer)
}
