import { Option } from 'commander'
import type { Context } from '../adapters/context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import type { Severity } from '../findings/finding.ts'
import { verifyFormats } from '../report/formats/verify-formats.ts'
import { MACHINE_FORMATS, type Report } from '../report/report.ts'
import { formatVerify, verifyDocument } from '../report/verify.ts'
import { formatWrites } from '../report/writes.ts'
import { reportedFacts } from '../verify/reported-facts.ts'
import { runVerify, type VerifyOutcome } from '../verify/run-verify.ts'
import type { GlobalOptions, Verb } from './verb.ts'

export interface VerifyOptions extends GlobalOptions {
  all?: boolean
  archived?: boolean
  write?: boolean
  stillHolds?: string
  against?: string
  failOn?: Severity
}

export const verifyVerb: Verb<[names: string[]], VerifyOptions> = {
  usage: 'verify [change...]',
  summary: 'check changes and specs; fails only for what is wrong in the phase of a change',
  about:
    'Reads changes, main specs, figures and git, and writes nothing but verify.md with --write. PASS or FAIL is the review result. The exit code depends on the phase: open tasks of a change in progress do not fail the run. Needs no network.',
  exits: '1 findings at or above --fail-on',
  example:
    'opsx verify\nopsx verify add-dark-mode --write\nopsx verify --all --format github --against origin/main',
  formats: MACHINE_FORMATS,
  roots: true,
  flags: command =>
    command
      .option('--all', 'every active change and the main specs (the default without names)')
      .option('--archived', 'also archived changes')
      .option('--write', "render each change's verify.md")
      .option(
        '--still-holds <reason>',
        'with --write: the delta specs were read against what changed above them, and hold as they are',
      )
      .option('--against <ref>', 'findings that exist at the merge base with REF do not count')
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 from this severity on (critical)').choices([
          'critical',
          'warning',
          'suggestion',
        ]),
      ),
  writes: ({ write }) => write === true,
  run: (context, [names], options) => verify(context, names, options),
}

export async function verify(context: Context, names: string[], options: VerifyOptions): Promise<Report> {
  const { version, env } = context
  const ports = { workspace: context.workspace(), git: await context.git(), version, env }
  const outcome = await runVerify(ports, {
    names,
    archived: options.archived === true,
    against: options.against ?? null,
    write: options.write === true,
    stillHolds: confirmedReason(names, options),
  })
  const facts = reportedFacts(version, outcome, options)
  const writes = options.write ? await write(context, outcome) : []
  const gated = [...facts.repository, ...facts.rows.flatMap(row => row.findings)].some(({ gates }) => gates)
  return {
    schema: 'opsx/verify@1',
    exitCode: gated ? EXIT.findings : EXIT.ok,
    document: verifyDocument(facts, writes),
    text: style =>
      (writes.length > 0 ? `${formatWrites(writes, style)}\n` : '') +
      formatVerify(facts, style, options.verbose === true),
    ...verifyFormats(facts, { at: context.clock.now(), shipped: context.shipped }),
  }
}

/** The reason that a person gives for the changes that they name; null without --still-holds. */
function confirmedReason(names: string[], { stillHolds, write }: VerifyOptions): string | null {
  if (stillHolds === undefined) return null
  const reason = stillHolds.replace(/\s+/g, ' ').trim()
  if (reason !== '' && write === true && names.length > 0) return reason
  const wrong =
    reason === ''
      ? '--still-holds is empty.'
      : `--still-holds needs ${write === true ? 'the change it is about' : '--write'}.`
  throw new OpsxError('USAGE', wrong, {
    hint: 'Example: opsx verify add-dark-mode --write --still-holds "only the wording of D2 changed".',
  })
}

async function write(context: Context, { verifications, repository }: VerifyOutcome): Promise<string[]> {
  const template = context.shipped('templates/verify.md')
  if (template === undefined)
    throw new OpsxError('FILE_UNREADABLE', 'templates/verify.md is missing from the installed opsx.', {
      hint: 'Install opsx again.',
    })
  const { writeReports } = await import('../verify/write-reports.ts')
  const { clock, version } = context
  return writeReports(
    { workspace: context.workspace(), clock, version },
    {
      verifications,
      leaks: repository.filter(({ code }) => code === 'implementation/front-door'),
      template,
    },
  )
}
