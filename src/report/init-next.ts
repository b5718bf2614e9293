import type { InitFacts } from '../setup/run-init.ts'

export interface NextCommand {
  command: string
  does: string
}

const STATUS = { command: 'opsx status', does: 'where every change stands' }
const VERIFY = { command: 'opsx verify --all', does: 'check changes and specs, without Linear' }
const DRY_RUN = { command: 'opsx sync --dry-run', does: 'what a sync would do in Linear' }
const DOCTOR = { command: 'opsx doctor', does: 'check key, workspace, teams and states' }

/** The three commands that come next, whatever stands in the repository. */
export function nextCommands({ adoption, registry, proposal }: InitFacts): NextCommand[] {
  const changes = adoption.open + adoption.archived
  if (proposal) return [{ command: 'opsx init --yes', does: 'write that registry' }, STATUS, VERIFY]
  if (registry.workspace.slug === null) {
    const boards = [
      { command: 'opsx init --local', does: 'a board of your own: no account, no network' },
      { command: 'opsx init --workspace SLUG --team KEY', does: 'a Linear workspace' },
    ]
    const pin = { command: 'opsx init --workspace SLUG', does: 'pin the workspace that the teams are in' }
    if (registry.dialect !== 'none') return [pin, STATUS, VERIFY]
    return [
      ...boards,
      changes > 0 ? STATUS : { command: 'opsx new <change>', does: 'a change, from templates' },
    ]
  }
  const [unbound] = adoption.unbound
  if (adoption.bound > 0 && adoption.open > 0) return [STATUS, DOCTOR, DRY_RUN]
  if (unbound !== undefined) {
    return [STATUS, { command: `opsx bind ${unbound} <ISSUE>`, does: 'tie it to its Linear issue' }, DRY_RUN]
  }
  const local = { command: 'opsx local issue "<title>"', does: 'an issue on your own board' }
  return [
    registry.workspace.slug === 'local' ? local : DOCTOR,
    { command: 'opsx new <change>', does: 'a change, from templates' },
    { command: 'opsx bind <change> <ISSUE>', does: 'tie it to its Linear issue' },
  ]
}
