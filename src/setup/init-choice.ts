import type { Context } from '../adapters/context.ts'
import type { Adoption } from '../change/adoption.ts'
import type { Change } from '../change/change.ts'
import { REGISTRY_PATH } from '../change/read-registry.ts'
import type { Registry } from '../change/registry.ts'
import type { InitOptions } from '../commands/init.ts'
import { OpsxError } from '../errors.ts'
import { formatProposal } from '../report/init.ts'
import { styleOf } from '../report/style.ts'
import { type Proposed, proposeRegistry, type RegistryProposal, registryOf } from './init-proposal.ts'
import { lookUpTeam, refuseOddNames } from './init-registry.ts'

export interface Situation {
  root: string
  registry: Registry
  changes: Change[]
  adoption: Adoption
}

export interface Choice extends Proposed {
  /** What is to be written, by a flag or by an answer; null for nothing. */
  wanted: RegistryProposal | null
}

/** Whose board this is: by the flags, else by the one question, else nobody's until a person says so. */
export async function chooseRegistry(
  context: Context,
  situation: Situation,
  options: InitOptions,
): Promise<Choice> {
  const { registry } = situation
  const { slug: pinned } = registry.workspace
  if (options.local) return localChoice(context, situation)
  if (options.workspace || options.team) {
    const slug = options.workspace ?? pinned
    if (!slug) {
      throw new OpsxError('USAGE', '--team needs to know the workspace.', {
        hint: 'opsx init --workspace SLUG --team KEY',
      })
    }
    refuseRepinning(pinned, slug, options)
    return { ...none(), wanted: await namedRegistry(context, situation, { ...options, workspace: slug }) }
  }
  if (pinned !== null) return { ...none(), notes: unregistered(situation) }
  const identifiers = situation.changes.flatMap(({ binding }) => binding.identifier ?? [])
  const offline = options.offline === true
  const proposed = await proposeRegistry(context, situation.adoption, { identifiers, offline })
  if (options.yes) return { ...proposed, wanted: proposed.proposal }
  if (!context.terminal.interactive || options.json || options.format === 'json')
    return { ...proposed, wanted: null }
  return { ...proposed, wanted: await ask(context, situation, { proposed, options }) }
}

function none(): Choice {
  return { proposal: null, notes: [], wanted: null }
}

/** A board to practise on never takes the place of a real one. */
async function localChoice(context: Context, { root, registry, adoption }: Situation): Promise<Choice> {
  const { slug } = registry.workspace
  if (registry.dialect === 'none' || slug === 'local') {
    const wanted = await localRegistry(context, root)
    const strange = adoption.teams.filter(({ key }) => wanted.teams.every(team => team.key !== key))
    const notes = strange.map(
      ({ key }) =>
        `The embedded Linear has no team ${key}: a sync leaves the changes that are bound to it alone.`,
    )
    return { ...none(), notes, wanted }
  }
  const whose = slug === null ? `team ${registry.teams[0]?.key ?? ''}` : `workspace "${slug}"`
  const note = `--local was left out: ${REGISTRY_PATH} names ${whose} and stays as it is. opsx demo shows the embedded Linear in a directory of its own.`
  return { ...none(), notes: [note] }
}

async function localRegistry(context: Context, root: string): Promise<RegistryProposal> {
  const search = { slug: 'local', team: undefined, root, offline: false }
  const { organizationId, team } = await lookUpTeam(context, search)
  return { slug: 'local', organizationId, teams: team ? [team] : [], projects: [] }
}

/** Exactly what the flags say; without a team, those of the changes, unless they belong to another workspace. */
async function namedRegistry(
  context: Context,
  { root, registry, adoption }: Situation,
  options: InitOptions & { workspace: string },
): Promise<RegistryProposal> {
  const { workspace: slug, team: key } = options
  refuseOddNames(slug, key)
  const legacy = registry.dialect === 'legacy' ? registry.teams[0] : undefined
  if (key !== undefined && legacy && ![legacy.key, legacy.name].includes(key)) {
    throw new OpsxError('USAGE', `${REGISTRY_PATH} has room for one team, which is ${legacy.key}.`, {
      hint: 'Move team and project into teams and projects; FORMATS.md shows both.',
    })
  }
  const found = await lookUpTeam(context, { slug, team: key, root, offline: options.offline === true })
  const { organizationId, team } = found
  const elsewhere = adoption.workspaces.some(({ name }) => name !== slug)
  if (team || registry.dialect !== 'none' || elsewhere || slug === 'local') {
    return { slug, organizationId, teams: team ? [team] : [], projects: [] }
  }
  return { ...registryOf(slug, adoption, null), organizationId }
}

/** The pin is what the gate rests on: another workspace takes its place only when a person says so twice. */
function refuseRepinning(pinned: string | null, slug: string, { yes }: InitOptions): void {
  if (pinned === null || pinned === slug || yes) return
  throw new OpsxError('USAGE', `${REGISTRY_PATH} is pinned to workspace "${pinned}", not to "${slug}".`, {
    hint: `If it shall move there, repeat the command with --yes; teams and bindings stay as they are.`,
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

async function ask(
  context: Context,
  situation: Situation,
  { proposed, options }: { proposed: Proposed; options: InitOptions },
): Promise<RegistryProposal | null> {
  const { terminal } = context
  const { proposal, notes } = proposed
  const style = styleOf(terminal)
  for (const note of notes) terminal.err(`${style.dot} ${note}\n`)
  if (proposal) terminal.err(formatProposal(proposal, style))
  const question = proposal
    ? `Write that into ${REGISTRY_PATH}? yes, none, local, or the slug of another workspace [yes] `
    : 'Which Linear workspace? Its slug as in linear.app/SLUG, local, or none [none] '
  const answer = await terminal.ask(question)
  if (/^(?:n|no|none)$/i.test(answer)) return null
  if (/^(?:|y|yes)$/i.test(answer)) return proposal
  if (answer === 'local') return (await localChoice(context, situation)).wanted
  return namedRegistry(context, situation, { ...options, workspace: answer })
}
