import type { Command } from 'commander'
import type { Context } from '../adapters/context.ts'
import type { Registry } from '../change/registry.ts'
import { perform } from '../cli/global-options.ts'
import { addVerb } from '../cli/program.ts'
import { checkChanges, checkFiles, checkLedgers, checkRegistry, mergedFiles } from '../doctor/file-checks.ts'
import { checkEnvFile, checkGit, checkMerging } from '../doctor/git-checks.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { type Finding, finding } from '../findings/finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { type Check, formatDoctor } from '../report/doctor.ts'
import { findingDocument } from '../report/findings.ts'
import type { Report } from '../report/report.ts'
import type { GlobalOptions } from './verb.ts'

export function addDoctor(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    roots: true,
    usage: 'doctor',
    summary:
      'check files, git, credential, workspace, teams, projects and issues; every problem with its fix',
    example: 'opsx doctor\nopsx doctor --offline --json',
  }).action(async (_, command: Command) => {
    exit(await perform(context, command, options => doctor(context, options)))
  })
}

/** Reads everything, writes nothing. A problem that keeps opsx from its work is critical and ends with exit code 1. */
export async function doctor(context: Context, options: GlobalOptions): Promise<Report> {
  const workspace = context.workspace()
  const git = await context.git()
  const { check: registryCheck, registry } = checkRegistry(workspace)
  const { check: changesCheck, changes } = checkChanges(workspace, registry)
  const exposed = await context.exposesKey()
  const checks: Check[] = [
    registryCheck,
    changesCheck,
    checkFiles(workspace, [...changesCheck.findings, ...registryCheck.findings]),
    checkLedgers(changes, registry),
    checkGit(git),
    checkMerging(git, mergedFiles(changes)),
    checkEnvFile(exposed),
    ...(registry ? await boardChecks(context, { registry, changes, offline: options.offline === true }) : []),
  ]
  return doctorReport(checks, options)
}

function doctorReport(checks: Check[], options: GlobalOptions): Report {
  const findings = checks.flatMap(check => check.findings)
  const failed = findings.some(
    ({ severity }) => severity === 'critical' || (options.strict && severity === 'warning'),
  )
  return {
    schema: 'opsx/doctor@1',
    exitCode: failed ? EXIT.findings : EXIT.ok,
    document: {
      checks: checks.map(({ name, says, findings: all }) => ({ name, says, ok: all.every(isHarmless) })),
      findings: findings.map(findingDocument),
    },
    text: style => formatDoctor(checks, style),
  }
}

function isHarmless({ severity }: Finding): boolean {
  return severity === 'info' || severity === 'suggestion'
}

interface BoardRequest {
  registry: Registry
  changes: TrackedChange[]
  offline: boolean
}

async function boardChecks(context: Context, { registry, changes, offline }: BoardRequest): Promise<Check[]> {
  if (offline) return [{ name: 'board', says: 'not asked (--offline)', findings: [] }]
  try {
    if (!(await context.hasCredential({ slug: registry.workspace.slug }))) {
      const reason = 'neither LINEAR_API_KEY nor LINEAR_API_TOKEN is set'
      return [
        { name: 'credential', says: 'none', findings: [finding('doctor/credential', 'warning', { reason })] },
      ]
    }
    const { checkBoard } = await import('../doctor/board-checks.ts')
    return await checkBoard(context, registry, changes)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return [{ name: 'credential', says: error.code, findings: problemOf(error) }]
  }
}

/** The exposed file has its own check. */
function problemOf(error: OpsxError): Finding[] {
  if (error.code === 'ENV_FILE_NOT_IGNORED') return []
  if (error.code === 'LINEAR_UNAVAILABLE' || error.code === 'LINEAR_RATE_LIMITED')
    return [finding('board/not-checked', 'warning', { reason: error.message.replace(/\.$/, '') })]
  return [finding('doctor/credential', 'critical', { reason: error.message.replace(/\.$/, '') })]
}
