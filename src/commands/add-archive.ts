import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { type ArchiveOptions, archive } from './archive.ts'
import { perform } from './global-options.ts'
import { addVerb } from './program.ts'

export function addArchive(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'archive <change>',
    summary: 'fold the deltas into the main specs and move the change to the archive',
    example:
      'opsx archive add-dark-mode --dry-run\nopsx archive add-dark-mode\nopsx archive add-dark-mode --force delta/overlap-scenario',
  })
    .option('--dry-run', 'print what would be done and do nothing')
    .option('--allow-stale', 'archive although the verdict is about other files, or a bound value is stale')
    .option('--force <code>', 'pass one refusal, by its code; recorded in the ledger', collect)
    .action(async (change: string, _, command: Command) => {
      exit(await perform<ArchiveOptions>(context, command, options => archive(context, change, options)))
    })
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, ...value.split(',').map(code => code.trim())]
}
