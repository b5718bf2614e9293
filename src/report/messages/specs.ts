import type { SpecFindingArgs } from '../../finding-codes/specs.ts'
import type { Messages } from './message.ts'

export const SPEC_MESSAGES: Messages<keyof SpecFindingArgs> = {}
