import type { Finding } from '../findings/finding.ts'

/** One thing that the doctor looked at. */
export interface Check {
  name: string
  /** What was found, in a clause. */
  says: string
  findings: Finding[]
}
