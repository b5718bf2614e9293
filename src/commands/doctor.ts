import type { Command } from 'commander'
import { readChanges } from '../change/read-changes.ts'
import { readRegistry } from '../change/read-registry.ts'
import type { Registry } from '../change/registry.ts'
import { sharedIssueFindings } from '../change/shared-issue.ts'
import type { Context } from '../context.ts'
import { EXIT, OpsxError } from '../errors.ts'
import { type Finding, finding } from '../finding.ts'
import type { TrackedChange } from '../ledger/ledger.ts'
import { trackChange } from '../ledger/track-change.ts'
import { type Check, formatDoctor } from '../report/doctor.ts'
import { findingDocument } from '../report/findings.ts'
import type { Report } from '../report/report.ts'
import { type GlobalOptions, perform } from './global-options.ts'
import { addVerb } from './program.ts'

export function addDoctor(program: Command, context: Context, exit: (code: number) => void): void {
  addVerb(program, {
    usage: 'doctor',
    summary: 'check files, git, credential, workspace and state names; every problem with its fix',
    example: 'opsx doctor\nopsx doctor --offline --json',
  }).action(async (_, command: Command) => {
    exit(await perform(context, command, options => doctor(context, options)))
  })
}

/** Reads everything, writes nothing. A problem that keeps opsx from its work is critical and ends with exit code 1. */
export async function doctor(context: Context, options: GlobalOptions): Promise<Report> {
  const workspace = context.workspace()
  const checks: Check[] = []
  const registry = readRegistryCheck(context, checks)
  const changes = readChanges(workspace, { archived: 'all' }).map(trackChange)
  const told = [...changes.flatMap(change => change.findings), ...sharedIssueFindings(changes)]
  checks.push({ name: 'changes', says: `${changes.length} read`, findings: told })
  checks.push(await gitCheck(context))
  if (registry) checks.push(...(await boardChecks(context, { registry, changes, options })))
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

function readRegistryCheck(context: Context, checks: Check[]): Registry | null {
  try {
    const registry = readRegistry(context.workspace())
    const says =
      registry.dialect === 'none'
        ? 'no linear.yaml yet: opsx init --local or --workspace SLUG --team KEY'
        : `${registry.dialect}, workspace ${registry.workspace.slug ?? 'not pinned'}, ${registry.teams.length} team${registry.teams.length === 1 ? '' : 's'}`
    checks.push({ name: 'registry', says, findings: registry.findings })
    return registry.dialect === 'none' ? null : registry
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    const told = finding(
      'registry/unreadable',
      'critical',
      { reason: error.message },
      { file: 'openspec/linear.yaml' },
    )
    checks.push({ name: 'registry', says: 'unreadable', findings: [told] })
    return null
  }
}

async function gitCheck(context: Context): Promise<Check> {
  const facts = (await context.git()).facts('openspec/changes')
  if (!facts) {
    return {
      name: 'git',
      says: 'no repository',
      findings: [finding('doctor/git', 'info', { reason: 'This is no git repository' })],
    }
  }
  const where = facts.branch ?? 'detached head'
  const says = `${where}, default branch ${facts.defaultBranch ?? 'unknown'}`
  if (facts.standing !== 'other') return { name: 'git', says, findings: [] }
  return { name: 'git', says, findings: [finding('sync/read-only', 'warning', { reason: facts.reason })] }
}

interface BoardFacts {
  registry: Registry
  changes: TrackedChange[]
  options: GlobalOptions
}

async function boardChecks(context: Context, { registry, changes, options }: BoardFacts): Promise<Check[]> {
  if (options.offline) return [{ name: 'board', says: 'not asked (--offline)', findings: [] }]
  try {
    if (!(await context.hasCredential({ slug: registry.workspace.slug }))) {
      const reason = 'neither LINEAR_API_KEY nor LINEAR_API_TOKEN is set'
      return [
        { name: 'credential', says: 'none', findings: [finding('doctor/credential', 'warning', { reason })] },
      ]
    }
    const { checkBoard } = await import('./doctor-board.ts')
    return await checkBoard(context, registry, changes)
  } catch (error) {
    if (!(error instanceof OpsxError)) throw error
    return [{ name: 'credential', says: error.code, findings: [problemOf(error)] }]
  }
}

function problemOf(error: OpsxError): Finding {
  if (error.code === 'ENV_FILE_NOT_IGNORED') return finding('doctor/env-file', 'critical', { path: '.env' })
  if (error.code === 'LINEAR_UNAVAILABLE' || error.code === 'LINEAR_RATE_LIMITED') {
    return finding('board/not-checked', 'warning', { reason: error.message })
  }
  return finding('doctor/credential', 'critical', { reason: error.message.replace(/\.$/, '') })
}
