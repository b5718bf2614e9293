import type { Context } from '../adapters/context.ts'
import { printable } from '../report/style.ts'
import type { SyncPorts } from '../sync/run-sync.ts'

/** What every command needs that ends with a sync. */
export async function syncPortsOf(context: Context): Promise<SyncPorts> {
  const workspace = context.workspace()
  const [git, lock] = await Promise.all([context.git(), context.lock()])
  const { clock, terminal } = context
  const progress = (text: string) => terminal.progress(printable(text))
  return { workspace, git, lock, clock, linear: context, progress }
}
