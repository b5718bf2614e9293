import { join } from 'node:path'
import { expect, test } from 'vitest'
import { conservationFindings } from '../../src/specs/conservation.ts'
import { mergeDelta, specSkeleton } from '../../src/specs/merge.ts'
import { type DeltaFile, readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange, validateMainSpecs } from '../../src/specs/validate-change.ts'
import { generatedCase } from '../support/generated-specs.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import { CHANGE, filesOf, inDirectory, MAIN, peer } from './openspec.ts'

const CASES = process.env.OPSX_LONG ? 5000 : 400
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

test(`on ${CASES} generated changes a merge that opsx allows gives OpenSpec's text and loses no line`, async () => {
  const { merge } = await peer()
  let [merged, identical] = [0, 0]
  const differences: string[] = []
  for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
    const generated = { ...generatedCase(seed), stray: null, metadata: null }
    const files = filesOf(generated)
    const found = soundDelta(files)
    if (!found) continue
    const base = found.spec ?? specSkeleton('access', 'one', found.file.delta.purpose)
    const { text } = mergeDelta(found.file.delta, base)
    const theirs = await inDirectory(files, async root => {
      const [update] = await merge.findSpecUpdates(join(root, CHANGE), join(root, 'openspec/specs'))
      return update ? merge.buildUpdatedSpec(update, 'one', { silent: true }).catch(String) : ''
    })
    if (typeof theirs === 'string') {
      if (!isListed(theirs)) differences.push(`seed ${seed}: only OpenSpec refuses: ${theirs}`)
      continue
    }
    if (theirs.rebuilt.split('\n').some(line => line.startsWith('### ') && isListed(line))) continue
    merged++
    const rebuilt = theirs.rebuilt.replaceAll('\n', lineEndOf(base.text))
    if (rebuilt === text) identical++
    if (respaced(rebuilt) !== respaced(text)) differences.push(`seed ${seed}: the results differ`)
    const lost = conservationFindings(base, text, {
      delta: found.file.delta,
      capability: 'access',
      file: MAIN,
    })
    differences.push(...lost.map(each => `seed ${seed}: lost ${JSON.stringify(each.args)}`))
  }
  console.log(`${CASES} cases: ${merged} merged, ${identical} byte for byte, the others but for blank lines`)
  expect(differences).toEqual([])
  expect(merged).toBeGreaterThan(CASES / 20)
  expect(identical).toBeGreaterThan(merged / 2)
}, 900_000)

/** The delta and its base when nothing is critical and OpenSpec reads both as Markdown does. */
function soundDelta(files: Record<string, string>) {
  const workspace = memoryWorkspace(files)
  const main = readMainSpecs(workspace)
  const specs = readDeltas(workspace, CHANGE)
  const change = { name: 'one', directory: CHANGE, specs, proposal: null }
  const findings = [...validateMainSpecs(main), ...validateChange(change, main)]
  const told = findings.some(({ code, severity }) => severity === 'critical' || MISREAD.has(code))
  const [file]: (DeltaFile | undefined)[] = specs.deltas
  return told || !file ? null : { file, spec: main.get('access')?.spec ?? null }
}

const MISREAD = new Set<string>(['spec/misread-fence', 'spec/misread-comment', 'delta/other-spelling'])

/** A name without its last backtick (defect 6). */
function isListed(message: string): boolean {
  return (message.match(/`/g)?.length ?? 0) % 2 === 1
}
