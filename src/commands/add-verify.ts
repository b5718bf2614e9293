import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { MACHINE_FORMATS } from '../report/report.ts'
import { perform } from './global-options.ts'
import { addVerb } from './program.ts'
import { type VerifyOptions, verify } from './verify.ts'

export function addVerify(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    roots: true,
    usage: 'verify [change...]',
    summary: 'check changes and specs; red only for what is wrong in the phase a change is in',
    example:
      'opsx verify\nopsx verify add-dark-mode --write\nopsx verify --all --format github --against origin/main',
    formats: MACHINE_FORMATS,
  })
    .option('--all', 'every active change and the main specs (the default without names)')
    .option('--archived', 'archived changes too')
    .option('--write', "render each change's verify.md")
    .option('--no-cache', 'judge every change again, whatever earlier runs found')
    .option(
      '--still-holds <reason>',
      'with --write: the delta specs were read against what changed above them, and hold as they are',
    )
    .option('--against <ref>', 'findings that stand at the merge base with REF do not count')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on (critical)').choices([
        'critical',
        'warning',
        'suggestion',
      ]),
    )
    .action(async (names: string[], _, command: Command) => {
      exit(await perform<VerifyOptions>(context, command, options => verify(context, names, options)))
    })
}
