import { Argument, type Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { EXIT } from '../errors.ts'
import type { Report } from '../report/report.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

export function addCompletion(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'completion',
    summary: 'print what makes a shell complete commands, flags, change names, task ids and codes',
    example: [
      'opsx completion fish > ~/.config/fish/completions/opsx.fish    once',
      'eval "$(opsx completion bash)"                                 in ~/.bashrc',
      'eval "$(opsx completion zsh)"                                  in ~/.zshrc, behind compinit',
    ].join('\n'),
  })
    .addArgument(new Argument('<shell>', 'whose completion it is').choices(SHELLS))
    .action(async (shell: string, _, command: Command) => {
      exit(await perform(context, command, () => completion(context, shell)))
    })
}

/** The script asks opsx for everything, so it need not change with opsx. */
export function completion(context: Context, shell: string): Report {
  const script = context.shipped(`templates/completion/opsx.${shell}`) ?? ''
  return { schema: 'opsx/completion@1', exitCode: EXIT.ok, document: { shell, script }, text: () => script }
}
