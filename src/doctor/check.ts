import type { Finding } from '../findings/finding.ts'

/** The result of one check of `opsx doctor`. */
export interface Check {
  name: string
  /** What was found, in a clause. */
  says: string
  findings: Finding[]
}
