import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../../src/findings/finding.ts'
import { conservationFindings } from '../../src/specs/merging/conservation.ts'
import { mergeDelta, specSkeleton } from '../../src/specs/merging/merge.ts'
import { normalName } from '../../src/specs/near-miss.ts'
import type { Delta } from '../../src/specs/parse-delta.ts'
import type { Spec } from '../../src/specs/parse-spec.ts'
import { type DeltaFile, readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange, validateMainSpecs } from '../../src/specs/validate-change.ts'
import { generatedCase } from '../support/generated-specs.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import { EXTRA, isTruncated, REASONS } from './known-differences.ts'
import { CHANGE, DELTA, filesOf, inDirectory, MAIN, peer } from './openspec.ts'

const CASES = Number(process.env.OPSX_CASES ?? (process.env.OPSX_LONG ? 20_000 : 400))
const FIRST_SEED = Number(process.env.OPSX_SEED ?? 1)

/** What OpenSpec only re-spaces: blank lines, trailing ones, and a byte order mark (defect 14). */
function respaced(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .join('\n')
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** How one generated change ended on both sides. */
type Ending =
  | 'byte for byte'
  | 'but for blank lines'
  | 'refused by both'
  | 'only opsx refuses'
  | 'misread by OpenSpec'

test(`on ${CASES} generated changes every merge gives OpenSpec's text, or a refusal or result for a known defect`, async () => {
  const { merge, validator } = await peer()
  const endings = new Map<Ending, number>()
  const differences: string[] = []
  const planted = { lines: 0, caught: 0 }
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
    const generated = { ...generatedCase(seed), stray: null, metadata: null }
    const files = filesOf(generated)
    const ours = readCase(files)
    const count = (ending: Ending) => endings.set(ending, (endings.get(ending) ?? 0) + 1)
    const differ = (what: string) => differences.push(`seed ${seed}: ${what}`)
    const theirs = await inDirectory(files, async root => {
      const specs = join(root, 'openspec/specs')
      const [update] = await merge.findSpecUpdates(join(root, CHANGE), specs)
      const built = update ? await merge.buildUpdatedSpec(update, 'one', { silent: true }).catch(String) : ''
      const validated = await validator.validateChangeDeltaSpecs(join(root, CHANGE), { mainSpecsDir: specs })
      const refuses = validated.issues.some(
        ({ level, message }) => level === 'ERROR' || message.startsWith('Archive would refuse'),
      )
      return { built, refuses: refuses || typeof built === 'string' }
    })
    if (ours.criticals.length > 0 || !ours.file) {
      if (theirs.refuses) count('refused by both')
      else if (!ours.file || ours.misread || ours.hidden || ours.criticals.some(each => isKnown(each, files)))
        count('only opsx refuses')
      else differ(`only opsx refuses: ${ours.criticals.map(({ code }) => code).join(', ')}`)
      continue
    }
    const { delta } = ours.file
    const base = ours.spec ?? specSkeleton('access', 'one', delta.purpose)
    const { text, emptied } = mergeDelta(delta, base)
    const check = { delta, capability: 'access', file: MAIN }
    if (!emptied) {
      for (const each of conservationFindings(base, text, check)) differ(`lost ${JSON.stringify(each.args)}`)
      const wounded = withoutUntouched(base, text, delta)
      if (wounded !== null) {
        planted.lines += 1
        if (conservationFindings(base, wounded, check).length > 0) planted.caught += 1
        else differ(`a planted loss is not seen`)
      }
    }
    if (ours.misread) {
      count('misread by OpenSpec')
      continue
    }
    if (typeof theirs.built === 'string') {
      if (isListed(theirs.built)) count('misread by OpenSpec')
      else differ(`only OpenSpec refuses: ${theirs.built}`)
      continue
    }
    const { rebuilt } = theirs.built
    if (rebuilt.split('\n').some(line => line.startsWith('### ') && isListed(line))) {
      count('misread by OpenSpec')
      continue
    }
    const respelt = rebuilt.replaceAll('\n', lineEndOf(base.text))
    if (respelt === text) count('byte for byte')
    else if (respaced(respelt) === respaced(text)) count('but for blank lines')
    else differ('the results differ')
  }
  const table = [...endings].map(([ending, count]) => `${ending} ${count}`).join(', ')
  console.log(
    `${CASES} cases: ${table}; unexplained ${differences.length}; ${planted.caught} of ${planted.lines} planted losses caught`,
  )
  expect(differences).toEqual([])
  const merged = (endings.get('byte for byte') ?? 0) + (endings.get('but for blank lines') ?? 0)
  expect(merged).toBeGreaterThan(CASES / 20)
  expect(endings.get('byte for byte')).toBeGreaterThan(merged / 2)
  expect([...endings.values()].reduce((sum, each) => sum + each, 0)).toBe(CASES)
  expect(planted.lines).toBeGreaterThan(CASES / 40)
}, 3_600_000)

interface OurCase {
  file: DeltaFile | undefined
  spec: Spec | null
  criticals: Finding[]
  /** OpenSpec reads one of the files otherwise than Markdown does, or a name otherwise than it is spelt. */
  misread: boolean
  /** A fence or comment that is never closed hides the rest of one of the files. */
  hidden: boolean
}

function readCase(files: Record<string, string>): OurCase {
  const workspace = memoryWorkspace(files)
  const main = readMainSpecs(workspace)
  const specs = readDeltas(workspace, CHANGE)
  const change = { name: 'one', directory: CHANGE, specs, proposal: null }
  const findings = [...validateMainSpecs(main), ...validateChange(change, main)]
  return {
    file: specs.deltas[0],
    spec: main.get('access')?.spec ?? null,
    criticals: findings.filter(({ severity }) => severity === 'critical'),
    misread: findings.some(({ code }) => MISREAD.has(code)),
    hidden: findings.some(({ code }) => code === 'spec/unclosed-fence'),
  }
}

/** The reasons that known-differences.ts gives for what opsx alone calls critical. */
function isKnown(found: Finding, files: Record<string, string>): boolean {
  if (EXTRA[found.code]) return true
  const text = files[found.file ?? ''] ?? ''
  const block = text
    .split(/\r?\n/)
    .slice((found.line ?? 1) - 1)
    .join('\n')
  const context = { file: text, block, stopped: false, truncated: isTruncated('', files[DELTA] ?? '') }
  const reasons = REASONS.some(({ codes, holds }) => codes.includes(found.code) && holds(context, found))
  return reasons || found.file === MAIN
}

/** The result without the first line of a requirement that no operation names; null when there is no such line. */
function withoutUntouched(base: Spec, merged: string, delta: Delta): string | null {
  const named = new Set([
    ...[...delta.added, ...delta.modified, ...delta.removed].map(({ name }) => normalName(name)),
    ...delta.renamed.flatMap(({ from, to }) => [normalName(from), normalName(to)]),
  ])
  const kept = base.requirements.find(({ name }) => !named.has(normalName(name)))
  if (!kept) return null
  const block = base.text.slice(kept.start, kept.end)
  const at = merged.indexOf(block)
  if (at < 0) return null
  const rest = block.split('\n').slice(1)
  const line = rest.findIndex(each => each.trim() !== '')
  if (line < 0) return null
  const wounded = [block.split('\n')[0], ...rest.filter((_, index) => index !== line)].join('\n')
  return merged.slice(0, at) + wounded + merged.slice(at + block.length)
}

const MISREAD = new Set<string>(['spec/misread-fence', 'spec/misread-comment', 'delta/other-spelling'])

/** A name without its last backtick (defect 6). */
function isListed(message: string): boolean {
  return (message.match(/`/g)?.length ?? 0) % 2 === 1
}
