import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Finding, Severity } from '../finding.ts'
import type { Report } from '../report/report.ts'
import { formatVerify, verifyDocument } from '../report/verify.ts'
import type { ReportedFinding, VerifyFacts } from '../report/verify-facts.ts'
import { verifyFormats } from '../report/verify-formats.ts'
import { formatWrites } from '../report/writes.ts'
import { isAtLeast } from '../verify/order.ts'
import { preExistingOf } from '../verify/pre-existing.ts'
import type { GlobalOptions } from './perform-with.ts'
import { runVerify, type VerifyOutcome } from './verify-run.ts'
import type { WriteRequest } from './verify-write.ts'

export interface VerifyOptions extends GlobalOptions {
  all?: boolean
  cache?: boolean
  archived?: boolean
  write?: boolean
  stillHolds?: string
  against?: string
  failOn?: Severity
}

export async function verify(context: Context, names: string[], options: VerifyOptions): Promise<Report> {
  const request = {
    names,
    archived: options.archived === true,
    against: options.against ?? null,
    fresh: options.write === true,
    cache: options.cache !== false,
    holds: holdsOf(names, options),
  }
  const outcome = await runVerify(context, request)
  const facts = factsOf(context, outcome, options)
  const { verifications, repository } = outcome
  const leaks = repository.filter(({ code }) => code === 'implementation/front-door')
  const writes = options.write ? await write(context, { verifications, leaks }) : []
  const gated = [...facts.repository, ...facts.rows.flatMap(row => row.findings)].some(({ gates }) => gates)
  return {
    schema: 'opsx/verify@1',
    exitCode: gated ? EXIT.findings : EXIT.ok,
    get document() {
      return verifyDocument(facts, writes)
    },
    text: style =>
      (writes.length > 0 ? `${formatWrites(writes, style)}\n` : '') +
      formatVerify(facts, style, options.verbose === true),
    ...verifyFormats(facts, context.clock.now()),
  }
}

/** A person's word, so it is about changes they name and says why; null when it is not given. */
function holdsOf(names: string[], { stillHolds, write }: VerifyOptions): string | null {
  if (stillHolds === undefined) return null
  const reason = stillHolds.replace(/\s+/g, ' ').trim()
  if (reason !== '' && write === true && names.length > 0) return reason
  const wrong =
    reason === ''
      ? '--still-holds is empty.'
      : `--still-holds needs ${write === true ? 'the change it is about' : '--write'}.`
  throw new OpsxError('USAGE', wrong, {
    hint: 'Such as: opsx verify add-dark-mode --write --still-holds "only the wording of D2 changed".',
  })
}

async function write(context: Context, request: WriteRequest): Promise<string[]> {
  const { writeReports } = await import('./verify-write.ts')
  return writeReports(context, request)
}

function factsOf(
  context: Context,
  { verified, repository, against }: VerifyOutcome,
  { failOn, strict }: VerifyOptions,
): VerifyFacts {
  const threshold = failOn ?? (strict ? 'warning' : 'critical')
  const all = [...verified.flatMap(({ findings }) => findings), ...repository]
  const known = against?.known ? preExistingOf(all, against.known) : new Set()
  const blind = against !== null && against.known === null && strict !== true
  const report = (finding: Finding, carried: string | null = null): ReportedFinding => {
    const preExisting = known.has(finding)
    const counts = !preExisting && carried === null && !blind
    return { finding, preExisting, carried, gates: counts && isAtLeast(finding.severity, threshold) }
  }
  return {
    rows: verified.map(({ change, decision, ready, findings, judged }) => ({
      change: change.name,
      decision,
      phase: change.phase,
      ready,
      findings: [
        ...findings.map(finding => report(finding)),
        ...judged.flatMap(({ finding, carried }) => (carried === null ? [] : [report(finding, carried)])),
      ],
    })),
    repository: repository.map(finding => report(finding)),
    version: context.version,
    against: against?.known ? against.ref : null,
  }
}
