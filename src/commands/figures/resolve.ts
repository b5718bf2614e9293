import { EXIT, OpsxError } from '../../errors.ts'
import { runResolve } from '../../figures/lock/run-resolve.ts'
import { formatResolved } from '../../report/figures/resolved-lock.ts'
import type { GlobalOptions, Verb } from '../verb.ts'

interface ResolveOptions extends GlobalOptions {
  ours?: boolean
  theirs?: boolean
}

export const resolveVerb: Verb<[], ResolveOptions> = {
  usage: 'resolve',
  summary: 'resolve a merge conflict in the recorded values',
  example: 'opsx figures resolve\nopsx figures resolve --theirs\nopsx figures measure',
  flags: command =>
    command
      .option('--ours', 'take our value where both sides differ')
      .option('--theirs', 'take their value where both sides differ'),
  writes: () => true,
  async run(context, _, { ours, theirs }) {
    if (ours && theirs) {
      throw new OpsxError('USAGE', '--ours and --theirs cannot be combined.', {
        hint: 'Give only one of them, or none.',
      })
    }
    const git = await context.git()
    const prefer = ours ? 'ours' : theirs ? 'theirs' : undefined
    const facts = runResolve({ workspace: context.workspace(), git }, prefer)
    return {
      schema: 'opsx/figures@1',
      exitCode: EXIT.ok,
      document: { settled: facts.settled, writes: facts.writes },
      text: style => formatResolved(facts, style),
    }
  },
}
