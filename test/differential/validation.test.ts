import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding, FindingCode } from '../../src/findings/finding.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange, validateMainSpecs } from '../../src/specs/validate-change.ts'
import { type GeneratedCase, generatedCase } from '../support/generated-specs.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import { type Context, EXTRA, isTruncated, REASONS, SAME } from './known-differences.ts'
import { CHANGE, DELTA, filesOf, inDirectory, MAIN, type PeerIssue, peer } from './openspec.ts'

const CASES = process.env.OPSX_LONG ? 6000 : 300
const FIRST_SEED = Number(process.env.OPSX_SEED ?? 1)

/** Warnings that name the place where OpenSpec reads a file differently. They explain its results for that file. */
const MISREAD = new Set<FindingCode>(['spec/misread-fence', 'spec/misread-comment', 'delta/other-spelling'])

interface Verdict {
  differences: string[]
  errors: number
  criticals: number
  /** Extra criticals of opsx by their reason. */
  extra: string[]
}

test(`on ${CASES} generated changes opsx reports what OpenSpec reports, and more only for known reasons`, async () => {
  const { validator } = await peer()
  const total = { errors: 0, criticals: 0, broken: 0, misread: 0 }
  const extra = new Map<string, number>()
  const differences: string[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
    const generated = generatedCase(seed)
    const files = filesOf(generated)
    const findings = findingsOf(files)
    const verdict = compare({ issues: await issuesOf(generated, validator), findings, files })
    total.errors += verdict.errors
    total.criticals += verdict.criticals
    if (verdict.criticals > 0) total.broken++
    if (findings.some(each => MISREAD.has(each.code))) total.misread++
    for (const reason of verdict.extra) extra.set(reason, (extra.get(reason) ?? 0) + 1)
    differences.push(...verdict.differences.map(each => `seed ${seed}: ${each}`))
  }
  console.log(
    `${CASES} cases: ${total.broken} broken, ${total.misread} misread by OpenSpec; it reports ${total.errors} errors, ` +
      `opsx ${total.criticals} criticals, unexplained ${differences.length}; extra, by reason:\n` +
      [...extra]
        .sort()
        .map(([reason, count]) => `${String(count).padStart(6)} ${reason}`)
        .join('\n'),
  )
  expect(differences).toEqual([])
  expect(total.errors).toBeGreaterThan(CASES / 4)
  expect(total.broken).toBeLessThan(CASES * 0.9)
}, 600_000)

type Validator = Awaited<ReturnType<typeof peer>>['validator']

function issuesOf(generated: GeneratedCase, validator: Validator): Promise<PeerIssue[]> {
  return inDirectory(filesOf(generated), async root => {
    const mainSpecsDir = join(root, 'openspec/specs')
    const change = await validator.validateChangeDeltaSpecs(join(root, CHANGE), { mainSpecsDir })
    if (generated.main === null) return change.issues
    const spec = await validator.validateSpecContent('access', generated.main)
    return [...change.issues, ...spec.issues.map(issue => ({ ...issue, path: MAIN }))]
  })
}

function findingsOf(files: Record<string, string>): Finding[] {
  const workspace = memoryWorkspace(files)
  const main = readMainSpecs(workspace)
  const specs = readDeltas(workspace, CHANGE)
  const change = { name: 'one', directory: CHANGE, specs, proposal: null }
  return [...validateMainSpecs(main), ...validateChange(change, main)]
}

function compare({
  issues,
  findings,
  files,
}: {
  issues: readonly PeerIssue[]
  findings: readonly Finding[]
  files: Record<string, string>
}): Verdict {
  const criticals = findings.filter(each => each.severity === 'critical')
  const errors = issues.filter(each => each.level === 'ERROR')
  const misread = misreadSides(findings)
  const explained = (side: string, message: string) =>
    misread.has(side) || (side === 'change' && isTruncated(message, files[DELTA] ?? ''))
  const verdict: Verdict = { differences: [], errors: errors.length, criticals: criticals.length, extra: [] }
  const matched = new Set<Finding>()
  for (const { path, message } of errors) {
    const matches = matchesOf(message, criticals)
    for (const each of matches) matched.add(each)
    const whole = /"([^"]*`)"/.exec(message)?.[1]
    const elsewhere = criticals.some(({ args }) => 'requirement' in args && args.requirement === whole)
    if (matches.length === 0 && !elsewhere && !explained(sideOf(path), message)) {
      verdict.differences.push(`only OpenSpec, ${path}: ${message.slice(0, 160)}`)
    }
  }
  const refusals = issues.filter(each => each.message.startsWith('Archive would refuse'))
  const refused = criticals.some(each => each.file !== MAIN)
  for (const { message } of refusals) {
    if (!refused && !explained('change', message)) verdict.differences.push(`only OpenSpec: ${message}`)
  }
  const truncated = issues.some(each => isTruncated(each.message, files[DELTA] ?? ''))
  const stopped = errors.some(each => each.message.startsWith('Spec must have a'))
  for (const each of criticals) {
    if (matched.has(each) || misread.has(sideOf(each.file))) continue
    const reason = EXTRA[each.code] ?? reasonOf(each, { ...contextOf(each, files), stopped, truncated })
    if (reason) verdict.extra.push(reason)
    else
      verdict.differences.push(
        `only opsx, ${each.file}:${each.line} ${each.code} ${JSON.stringify(each.args)}`,
      )
  }
  return verdict
}

function sideOf(file: string | undefined): string {
  return file === MAIN ? 'main' : 'change'
}

/** A main spec that is misread makes OpenSpec misjudge the delta too. */
function misreadSides(findings: readonly Finding[]): Set<string> {
  const sides = new Set(findings.filter(each => MISREAD.has(each.code)).map(each => sideOf(each.file)))
  return sides.has('main') ? sides.add('change') : sides
}

function matchesOf(message: string, criticals: readonly Finding[]): Finding[] {
  const [pattern, codes] = SAME.find(([each]) => each.test(message)) ?? []
  const name = pattern?.exec(message)?.[1]
  return criticals.filter(({ code, args }) => {
    if (!codes?.includes(code)) return false
    return name === undefined || !('requirement' in args) || keyOf(args.requirement) === keyOf(name)
  })
}

function keyOf(name: string): string {
  return name.normalize('NFC').replace(/`$/, '')
}

function reasonOf(found: Finding, context: Context): string | undefined {
  return REASONS.find(({ codes, holds }) => codes.includes(found.code) && holds(context, found))?.reason
}

function contextOf(
  { file = '', line = 1 }: Finding,
  files: Record<string, string>,
): Omit<Context, 'stopped' | 'truncated'> {
  const text = files[file] ?? ''
  const [head = '', ...rest] = text.split(/\r?\n/).slice(line - 1)
  const next = rest.findIndex(each => each.startsWith('### '))
  return { file: text, block: [head, ...(next < 0 ? rest : rest.slice(0, next))].join('\n') }
}
