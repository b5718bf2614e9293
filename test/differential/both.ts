import { join } from 'node:path'
import { mergeDelta, specSkeleton } from '../../src/specs/merging/merge.ts'
import { readDeltas, readMainSpecs } from '../../src/specs/read-specs.ts'
import { validateChange } from '../../src/specs/validate-change.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'
import { CHANGE, DELTA, inDirectory, MAIN, peer } from './openspec.ts'

/** What one (main, delta) pair gives on both sides. */
export interface Both {
  /** OpenSpec's new main spec, or the sentence with which it refuses. */
  theirs: string
  /** True when OpenSpec's strict validation of the change has no error. */
  valid: boolean
  /** Codes with which opsx refuses; empty when it merges. */
  refused: string[]
  /** What opsx would write. */
  ours: string
}

export async function both(main: string, delta: string, more: Record<string, string> = {}): Promise<Both> {
  const files: Record<string, string> = { [MAIN]: main, [DELTA]: delta, ...more }
  const { merge, validator } = await peer()
  const found = await inDirectory(
    { 'openspec/config.yaml': 'schema: spec-driven\n', ...files },
    async root => {
      const mainSpecsDir = join(root, 'openspec/specs')
      const [update] = await merge.findSpecUpdates(join(root, CHANGE), mainSpecsDir)
      const built = update ? await merge.buildUpdatedSpec(update, 'one', { silent: true }).catch(String) : ''
      const { issues } = await validator.validateChangeDeltaSpecs(join(root, CHANGE), { mainSpecsDir })
      const valid = issues.every(({ level }) => level !== 'ERROR')
      return { theirs: typeof built === 'string' ? built : built.rebuilt, valid }
    },
  )
  return { ...found, ...oursOf(files) }
}

function oursOf(files: Record<string, string>): Pick<Both, 'refused' | 'ours'> {
  const workspace = memoryWorkspace(files)
  const mainSpecs = readMainSpecs(workspace)
  const specs = readDeltas(workspace, CHANGE)
  const findings = validateChange({ name: 'one', directory: CHANGE, specs, proposal: null }, mainSpecs)
  const refused = findings.filter(({ severity }) => severity === 'critical').map(({ code }) => code)
  const delta = specs.deltas[0]?.delta
  const base = mainSpecs.get('access')?.spec ?? specSkeleton('access', 'one', null)
  return { refused: [...new Set(refused)].sort(), ours: delta ? mergeDelta(delta, base).text : base.text }
}
