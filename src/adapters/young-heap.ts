import { setFlagsFromString } from 'node:v8'

/**
 * Many changes make much short-lived garbage, which Node would rather let pile up: with a young heap that stays at
 * 2 MB the process needs a third less memory and no more time.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--max-semi-space-size=2')
  setFlagsFromString('--semi-space-growth-factor=1')
}
