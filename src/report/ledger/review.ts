import { printable, type Style } from '../style.ts'

/** The recorded decision and its consequence. */
export function formatReview(
  facts: { change: string; verb: string; written: boolean },
  style: Style,
): string {
  const { change, verb, written } = facts
  if (!written) return `${style.green(style.ok)} ${printable(change)}: ${verb} is already recorded.\n`
  const next =
    verb === 'reject' ? 'opsx sync re-queues the change' : 'the count of review rounds starts again'
  return `${style.green(style.ok)} ${printable(change)}: ${verb} recorded; ${next}.\n`
}
