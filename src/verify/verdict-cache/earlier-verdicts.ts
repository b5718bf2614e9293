import type { Context } from '../../adapters/context.ts'
import type { VerifyRequest } from '../run-verify.ts'
import type { CacheParts, OpenCache } from './open-verdict-cache.ts'

/** Fewer changes are judged as fast as their verdicts are found. */
const WORTH_KEEPING = 50

/** What earlier runs found, where looking for it is worth loading it; undefined for a few changes, and when it is not wanted. */
export async function earlierVerdicts(
  context: Context,
  { request, ...parts }: CacheParts & { request: VerifyRequest },
): Promise<OpenCache | undefined> {
  const { cache, fresh, names } = request
  const { selected, open } = parts.scope.selection
  const isAll = names.length === 0 || selected.length >= open.length
  if (!cache || fresh || !isAll || selected.length < WORTH_KEEPING) return undefined
  const { openVerdictCache } = await import('./open-verdict-cache.ts')
  return openVerdictCache(context, parts)
}
