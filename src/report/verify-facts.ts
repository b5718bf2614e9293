export type { ReportedFacts as VerifyFacts, ReportedFinding, VerifiedRow } from '../verify/reported-facts.ts'
