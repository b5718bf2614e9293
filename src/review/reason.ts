import { OpsxError } from '../errors.ts'

/** The reason that a person gave for the ledger; USAGE when it says nothing. */
export function requireReason(reason: string | undefined): string {
  const said = reason?.trim() ?? ''
  if (said !== '') return said
  throw new OpsxError('USAGE', '--reason is empty.', {
    hint: 'Say in a few words why; it goes into the ledger.',
  })
}
