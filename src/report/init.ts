import type { Adoption, Usage } from '../change/adoption.ts'
import type { Registry } from '../change/registry/registry.ts'
import type { Proposed, RegistryProposal } from '../setup/propose-registry.ts'
import type { InitFacts } from '../setup/run-init.ts'
import { plural } from './reported.ts'
import { pad, printable, type Style } from './style.ts'
import { formatWrites } from './writes.ts'

/** `opsx/init@1` without its root (FORMATS.md). */
export function initDocument(facts: InitFacts): Record<string, unknown> {
  const { adoption, schema, registry, proposal, notes, writes, gitConfig } = facts
  const { open, archived, bound, linked, unbound, schemas, workspaces, teams, projects } = adoption
  return {
    writes,
    gitConfig,
    found: {
      changes: { open, archived, bound, linked, unbound },
      schemas,
      workspaces,
      teams,
      projects,
    },
    configSchema: schema,
    registry: {
      dialect: registry.dialect,
      workspace: registry.workspace.slug,
      teams: registry.teams.map(({ key }) => key),
    },
    proposal,
    notes,
    next: nextCommands(facts),
  }
}

export function formatInit(facts: InitFacts, style: Style): string {
  const { adoption, notes, proposal, workflow } = facts
  const writes = [...facts.writes, ...facts.gitConfig.map(key => `git config ${key}`)]
  const found = adoption.open + adoption.archived > 0 ? `${formatFound(facts, style)}\n` : ''
  const remarks = notes.map(note => `${style.dot} ${printable(note)}\n`).join('')
  const proposed = proposal ? `\n${formatProposal(proposal, style)}` : ''
  const install = workflow === null ? '' : aboutWorkflow(workflow)
  return `${found}${formatWrites(writes, style)}${remarks}${proposed}${install}\n${formatNext(facts)}`
}

/** The proposal with its notes, and the question about it. */
export function formatQuestion(
  { proposal, notes }: Proposed,
  style: Style,
): { shown: string; question: string } {
  const lines = notes.map(note => `${style.dot} ${note}\n`).join('')
  if (!proposal) {
    const question = 'Which Linear workspace? Its slug as in linear.app/SLUG, local, or none [none] '
    return { shown: lines, question }
  }
  return {
    shown: `${lines}${formatProposal(proposal, style)}`,
    question: `Write that into openspec/linear.yaml? yes, none, local, or the slug of another workspace [yes] `,
  }
}

function formatProposal({ slug, teams, projects }: RegistryProposal, style: Style): string {
  const named = teams.map(({ key, name }) => (name === '' || name === key ? key : `${key} (${name})`))
  const rows: [string, string[]][] = [
    ['workspace', [slug]],
    [teams.length === 1 ? 'team' : 'teams', named],
    [projects.length === 1 ? 'project' : 'projects', projects.map(project => project.slug)],
  ]
  return `The changes describe this registry:\n${formatRows(rows, style)}`
}

function formatFound({ adoption, before, schema }: InitFacts, style: Style): string {
  const { open, archived, bound, linked, unbound } = adoption
  const counts = [`${open} open`, `${archived} archived`]
  const rows: [string, string[]][] = [
    ['changes', counts],
    ['issues', issuesOf({ bound, linked, unbound })],
    [
      'schema',
      adoption.schemas.length > 0
        ? adoption.schemas.map(usedText)
        : [`none is named; new changes follow ${schema}`],
    ],
    [adoption.teams.length === 1 ? 'team' : 'teams', adoption.teams.map(teamText)],
    [
      adoption.projects.length === 1 ? 'project' : 'projects',
      adoption.projects.map(({ name, changes }) => usedText({ name, changes })),
    ],
    ['registry', [registryOf(before)]],
  ]
  return `Found in openspec/:\n${formatRows(rows, style)}`
}

function issuesOf({ bound, linked, unbound }: Pick<Adoption, 'bound' | 'linked' | 'unbound'>): string[] {
  const counts = [bound === 0 ? 'none bound' : `${plural(bound, 'change')} bound`]
  if (linked > 0)
    counts.push(`${plural(linked, 'change')} only linked: opsx shows their issues and does not update them`)
  if (unbound.length > 0) counts.push(`${plural(unbound.length, 'open change')} without an issue`)
  return counts
}

function usedText({ name, changes }: Usage): string {
  return `${name} (${changes})`
}

function teamText({ key, name, changes }: Adoption['teams'][number]): string {
  return name === null ? `${key} (${changes})` : `${key}, written "${name}" (${changes})`
}

function registryOf({ dialect, path, workspace, teams }: Registry): string {
  if (dialect === 'none') return 'none'
  const keys = teams.map(({ key }) => key).join(', ')
  const pin = workspace.slug === null ? 'no workspace yet' : `workspace ${workspace.slug}`
  const form = dialect === 'legacy' ? ', in the form for one team' : ''
  return `${path}${form}: ${pin}${keys === '' ? '' : `, ${teams.length === 1 ? 'team' : 'teams'} ${keys}`}`
}

function formatRows(rows: [string, string[]][], style: Style): string {
  const filled = rows.filter(([, values]) => values.length > 0)
  return filled
    .map(([title, values]) => `  ${style.dim(pad(title, 9))}  ${printable(values.join(', '))}\n`)
    .join('')
}

function aboutWorkflow(version: string): string {
  return [
    '',
    `The workflow installs opsx@${version} from npm; OPSX_PACKAGE in it may name a tarball instead.`,
    'Its sync job takes the key from the secret LINEAR_API_KEY.',
    '',
  ].join('\n')
}

function formatNext(facts: InitFacts): string {
  const next = nextCommands(facts)
  const width = Math.max(...next.map(({ command }) => command.length))
  return `Next:\n${next.map(({ command, does }) => `  ${pad(printable(command), width)}   ${does}\n`).join('')}`
}

export interface NextCommand {
  command: string
  does: string
}

const STATUS = { command: 'opsx status', does: 'show all changes with their phases' }
const VERIFY = { command: 'opsx verify --all', does: 'check changes and specs, without Linear' }
const DRY_RUN = { command: 'opsx sync --dry-run', does: 'what a sync would do in Linear' }
const DOCTOR = { command: 'opsx doctor', does: 'check key, workspace, teams and states' }

/** The three commands that come next, for the state of the repository. */
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
