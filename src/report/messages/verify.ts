import type { VerifyFindingArgs } from '../../finding-codes/verify.ts'
import type { Messages } from './message.ts'

export const VERIFY_MESSAGES: Messages<keyof VerifyFindingArgs> = {}
