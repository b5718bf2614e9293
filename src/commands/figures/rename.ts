import { EXIT } from '../../errors.ts'
import { runRename } from '../../figures/renaming/run-rename.ts'
import { formatWrites } from '../../report/writes.ts'
import type { Verb } from '../verb.ts'

export const renameVerb: Verb<[from: string, to: string]> = {
  usage: 'rename <from> <to>',
  summary: 'rename a figure, with its history and its bindings',
  example: 'opsx figures rename checks check_surface',
  writes: () => true,
  async run(context, [from, to]) {
    const renamed = { from, to }
    const writes = runRename({ workspace: context.workspace() }, renamed)
    return {
      schema: 'opsx/figures@1',
      exitCode: EXIT.ok,
      document: { renamed, writes },
      text: style => formatWrites(writes, style),
    }
  },
}
