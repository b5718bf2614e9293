import { Argument } from 'commander'
import type { Context } from '../adapters/context.ts'
import { EXIT } from '../errors.ts'
import type { Report } from '../report/report.ts'
import type { Verb } from './verb.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const

export const completionVerb: Verb<[shell: string]> = {
  usage: 'completion',
  summary: 'print a shell script that completes commands, flags, change names, task ids and codes',
  about:
    'The script asks opsx for every completion, so an update of opsx needs no new script. Names that a shell would expand are not offered.',
  example: [
    'opsx completion fish > ~/.config/fish/completions/opsx.fish    once',
    'eval "$(opsx completion bash)"                                 in ~/.bashrc',
    'eval "$(opsx completion zsh)"                                  in ~/.zshrc, after compinit',
  ].join('\n'),
  flags: command => command.addArgument(new Argument('<shell>', 'the shell that you use').choices(SHELLS)),
  run: (context, [shell]) => completion(context, shell),
}

function completion(context: Context, shell: string): Report {
  const script = context.shipped(`templates/completion/opsx.${shell}`) ?? ''
  return { schema: 'opsx/completion@1', exitCode: EXIT.ok, document: { shell, script }, text: () => script }
}
