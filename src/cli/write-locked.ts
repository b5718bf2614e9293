import type { Context } from '../adapters/context.ts'
import { OpsxError } from '../errors.ts'

/** How often a command starts again because another program changed a file that it had read. */
const MOST_TRIES = 5

/** Runs a command that writes files under the lock of the repository, and again when a file changed while it ran. */
export async function writeLocked<T>(context: Context, act: () => T | Promise<T>): Promise<T> {
  const release = await (await context.lock()).wait()
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await act()
      } catch (error) {
        const again = error instanceof OpsxError && error.code === 'FILE_CHANGED' && tries < MOST_TRIES
        if (!again) throw error
      }
    }
  } finally {
    release()
  }
}
