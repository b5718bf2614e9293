import { Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Finding, Severity } from '../findings/finding.ts'
import { MACHINE_FORMATS, type Report } from '../report/report.ts'
import { formatVerify, verifyDocument } from '../report/verify.ts'
import type { ReportedFinding, VerifyFacts } from '../report/verify-facts.ts'
import { verifyFormats } from '../report/verify-formats.ts'
import { formatWrites } from '../report/writes.ts'
import { isAtLeast } from '../verify/order.ts'
import { preExistingOf } from '../verify/pre-existing.ts'
import { runVerify, type VerifyOutcome } from '../verify/run-verify.ts'
import type { WriteRequest } from '../verify/write-reports.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export interface VerifyOptions extends GlobalOptions {
  all?: boolean
  cache?: boolean
  archived?: boolean
  write?: boolean
  stillHolds?: string
  against?: string
  failOn?: Severity
}

export const verifyVerb: Verb<[names: string[]], VerifyOptions> = {
  usage: 'verify [change...]',
  summary: 'check changes and specs; red only for what is wrong in the phase a change is in',
  about:
    'Reads changes, main specs, figures and git, and writes nothing but verify.md with --write. The decision is that of a review; what fails the run depends on the phase, so a change that is being worked on is not red. No network.',
  exits: '1 findings at or above --fail-on',
  example:
    'opsx verify\nopsx verify add-dark-mode --write\nopsx verify --all --format github --against origin/main',
  formats: MACHINE_FORMATS,
  roots: true,
  flags: command =>
    command
      .option('--all', 'every active change and the main specs (the default without names)')
      .option('--archived', 'archived changes too')
      .option('--write', "render each change's verify.md")
      .option('--no-cache', 'judge every change again, whatever earlier runs found')
      .option(
        '--still-holds <reason>',
        'with --write: the delta specs were read against what changed above them, and hold as they are',
      )
      .option('--against <ref>', 'findings that stand at the merge base with REF do not count')
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 from this severity on (critical)').choices([
          'critical',
          'warning',
          'suggestion',
        ]),
      ),
  run: (context, [names], options) => verify(context, names, options),
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
    ...verifyFormats(facts, { at: context.clock.now(), shipped: context.shipped }),
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
  const { writeReports } = await import('../verify/write-reports.ts')
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
