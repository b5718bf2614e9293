import { setFlagsFromString } from 'node:v8'

/**
 * Tells the engine that hundreds of changes follow. They make much short-lived garbage, which Node would rather let
 * pile up: with a young heap that stays at 2 MB, cleaned by the thread that fills it, the process needs a third less
 * memory and no more time. And what runs a thousand times is worth optimising from its first call on.
 */
export function prepareForLongRun(): void {
  setFlagsFromString('--max-semi-space-size=2')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-parallel-scavenge')
  setFlagsFromString('--no-lazy-feedback-allocation')
}
