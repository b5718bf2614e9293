import type { Adoption } from '../change/adoption.ts'
import type { Change } from '../change/change.ts'
import { REGISTRY_PATH } from '../change/registry/read-registry.ts'
import type { Registry } from '../change/registry/registry.ts'
import { OpsxError } from '../errors.ts'
import { lookUpTeam, refuseOddNames, type TeamPorts } from './look-up-team.ts'
import { type Proposed, proposeRegistry, type RegistryProposal, registryOf } from './propose-registry.ts'

export interface RegistryOptions {
  local?: boolean
  workspace?: string
  team?: string
  offline?: boolean
  yes?: boolean
}

export interface ChoicePorts extends TeamPorts {
  /** Shows a proposal to the user and returns the answer. Null without a terminal. */
  ask: ((proposed: Proposed) => Promise<string>) | null
}

export interface Situation {
  root: string
  registry: Registry
  changes: Change[]
  adoption: Adoption
}

export interface Choice extends Proposed {
  /** The registry to write. Null for none. */
  wanted: RegistryProposal | null
}

/** The registry to write: from the flags, else from the user's answer, else none. */
export async function chooseRegistry(
  ports: ChoicePorts,
  situation: Situation,
  options: RegistryOptions,
): Promise<Choice> {
  const { registry } = situation
  const { slug: pinned } = registry.workspace
  if (options.local) return localChoice(ports, situation)
  if (options.workspace || options.team) {
    const slug = options.workspace ?? pinned
    if (!slug) {
      throw new OpsxError('USAGE', '--team needs a workspace too.', {
        hint: 'opsx init --workspace SLUG --team KEY',
      })
    }
    refuseRepinning(pinned, slug, options)
    return { ...none(), wanted: await namedRegistry(ports, situation, { ...options, workspace: slug }) }
  }
  if (pinned !== null) return { ...none(), notes: unregistered(situation) }
  const identifiers = situation.changes.flatMap(({ binding }) => binding.identifier ?? [])
  const offline = options.offline === true
  const proposed = await proposeRegistry(ports, situation.adoption, { identifiers, offline })
  if (options.yes) return { ...proposed, wanted: proposed.proposal }
  if (ports.ask === null) return { ...proposed, wanted: null }
  const wanted = await answered(ports, situation, {
    proposal: proposed.proposal,
    options,
    answer: await ports.ask(proposed),
  })
  return { ...proposed, wanted }
}

function none(): Choice {
  return { proposal: null, notes: [], wanted: null }
}

/** The embedded Linear never replaces a real workspace. */
async function localChoice(ports: ChoicePorts, { root, registry, adoption }: Situation): Promise<Choice> {
  const { slug } = registry.workspace
  if (registry.dialect === 'none' || slug === 'local') {
    const wanted = await localRegistry(ports, root)
    const strange = adoption.teams.filter(({ key }) => wanted.teams.every(team => team.key !== key))
    const notes = strange.map(
      ({ key }) => `The embedded Linear has no team ${key}: sync skips the changes that are bound to it.`,
    )
    return { ...none(), notes, wanted }
  }
  const owner = slug === null ? `team ${registry.teams[0]?.key ?? ''}` : `workspace "${slug}"`
  const note = `--local was ignored: ${REGISTRY_PATH} names ${owner} and was not changed. opsx demo shows the embedded Linear in a directory of its own.`
  return { ...none(), notes: [note] }
}

async function localRegistry(ports: ChoicePorts, root: string): Promise<RegistryProposal> {
  const search = { slug: 'local', team: undefined, root, offline: false }
  const { organizationId, team } = await lookUpTeam(ports, search)
  return { slug: 'local', organizationId, teams: team ? [team] : [], projects: [] }
}

/** The registry of the flags. Without --team it has the teams of the changes, if these belong to the same workspace. */
async function namedRegistry(
  ports: ChoicePorts,
  { root, registry, adoption }: Situation,
  options: RegistryOptions & { workspace: string },
): Promise<RegistryProposal> {
  const { workspace: slug, team: key } = options
  refuseOddNames(slug, key)
  const legacy = registry.dialect === 'legacy' ? registry.teams[0] : undefined
  if (key !== undefined && legacy && ![legacy.key, legacy.name].includes(key)) {
    throw new OpsxError(
      'USAGE',
      `${REGISTRY_PATH} is in the older form, which has one team only: ${legacy.key}.`,
      {
        hint: 'Move team and project into teams and projects. FORMATS.md shows both forms.',
      },
    )
  }
  const found = await lookUpTeam(ports, { slug, team: key, root, offline: options.offline === true })
  const { organizationId, team } = found
  const elsewhere = adoption.workspaces.some(({ name }) => name !== slug)
  if (team || registry.dialect !== 'none' || elsewhere || slug === 'local') {
    return { slug, organizationId, teams: team ? [team] : [], projects: [] }
  }
  return { ...registryOf(slug, adoption, null), organizationId }
}

/** The pin prevents an update of the wrong workspace, so a change of the pin needs --yes. */
function refuseRepinning(pinned: string | null, slug: string, { yes }: RegistryOptions): void {
  if (pinned === null || pinned === slug || yes) return
  throw new OpsxError('USAGE', `${REGISTRY_PATH} is pinned to workspace "${pinned}", not to "${slug}".`, {
    hint: `To pin it to the other one, repeat the command with --yes. Teams and bindings do not change.`,
  })
}

function unregistered({ registry, adoption }: Situation): string[] {
  if (registry.dialect !== 'registry') return []
  const missing = adoption.teams.filter(({ key }) => !registry.teams.some(team => team.key === key))
  return missing.map(
    ({ key, changes }) =>
      `Team ${key}, which ${changes === 1 ? 'a change is' : `${changes} changes are`} bound to, is not in ${REGISTRY_PATH}: opsx init --team ${key}`,
  )
}

/** The user answers yes, none, local, or the slug of a workspace. */
async function answered(
  ports: ChoicePorts,
  situation: Situation,
  given: { proposal: RegistryProposal | null; options: RegistryOptions; answer: string },
): Promise<RegistryProposal | null> {
  const { proposal, options, answer } = given
  if (/^(?:n|no|none)$/i.test(answer)) return null
  if (/^(?:|y|yes)$/i.test(answer)) return proposal
  if (answer === 'local') return (await localChoice(ports, situation)).wanted
  return namedRegistry(ports, situation, { ...options, workspace: answer })
}
