import type { Binding, Change } from '../change/change.ts'
import type { Registry } from '../change/registry/registry.ts'
import { OpsxError } from '../errors.ts'
import { appendLedger, type NewEntry } from '../ledger/append-ledger.ts'
import type { LedgerKey } from '../ledger/ledger-keys.ts'
import { timestampOf } from '../ledger/timestamp.ts'
import type { Clock } from '../ports/clock.ts'
import type { LinearIssue } from '../ports/tracker.ts'
import type { Workspace } from '../ports/workspace.ts'

export const IDENTIFIER = /^([A-Z][A-Z0-9]*)-\d+$/

export interface BindRequest {
  change: string
  issue: string
  /** A slug, name or id. False with --no-project. */
  project?: string | false
  force?: boolean
  offline?: boolean
}

/** The ledger keys of an issue that was never synced. */
const UNRECORDED = {
  linear_story_state: 'Backlog',
  last_synced_state: 'Backlog',
  linear_description_digest: '',
}

/** Accepts `CAM-15`, `cam-15`, and the URL of the issue. */
export function identifierOf(text: string): string {
  const candidate = (/\/issue\/([A-Za-z][A-Za-z0-9]*-\d+)/.exec(text)?.[1] ?? text).toUpperCase()
  if (IDENTIFIER.test(candidate)) return candidate
  throw new OpsxError('USAGE', `"${text}" is not a Linear issue.`, {
    hint: 'Give an identifier such as CAM-15, or its URL.',
  })
}

/** Throws ALREADY_BOUND when the change is bound to another issue, unless forced. */
export function refuseOtherIssue(
  { name, binding }: Change,
  request: BindRequest,
  issue: LinearIssue | null,
): void {
  const bound = binding.identifier ?? binding.id
  const strong = binding.source === 'frontmatter' || binding.source === 'change-file'
  if (!strong || bound === null || request.force) return
  if (isSameIssue(binding, identifierOf(request.issue), issue)) return
  throw new OpsxError('ALREADY_BOUND', `${name} is already bound to ${bound}.`, {
    hint: `To bind it to another issue: opsx bind ${name} ${request.issue} --force`,
  })
}

function isBound({ source, identifier, id }: Binding): boolean {
  return (source === 'frontmatter' || source === 'change-file') && (identifier ?? id) !== null
}

/** A renamed issue is the same issue: it has the same UUID, or this former identifier. */
function isSameIssue(binding: Binding, identifier: string, issue: LinearIssue | null): boolean {
  if (binding.id !== null && issue) return binding.id === issue.id
  return [identifier, issue?.identifier, ...(issue?.previousIdentifiers ?? [])].includes(
    binding.identifier ?? '',
  )
}

export interface Writing {
  workspace: Workspace
  change: Change
  request: BindRequest
  identifier: string
  issue: LinearIssue | null
  registry: Registry
}

/**
 * Writes the binding into the proposal. When the issue changes, the change gets a new id for its
 * comments, and the last synced state is reset. Returns the paths written.
 */
export function writeBinding(
  ports: { clock: Clock; newId(): string },
  { workspace, change, request, identifier, issue, registry }: Writing,
): string[] {
  const { proposal, binding } = change
  if (!proposal || (binding.source === 'change-file' && binding.identifier === identifier)) return []
  const known = registry.projects.find(project =>
    [project.slug, project.name, project.id].includes(request.project || ''),
  )
  if (binding.source === 'change-file') {
    throw new OpsxError('ALREADY_BOUND', `${change.name} is bound in ${binding.file}.`, {
      hint: 'Change the issue in that file. opsx does not edit it.',
    })
  }
  const rebound = isBound(binding) && !isSameIssue(binding, identifier, issue)
  const project = request.project ? (known?.slug ?? request.project) : null
  const keys: Partial<Record<LedgerKey, string | number>> = {
    ...(issue ? { linear_story_id: issue.id } : binding.id ? {} : { linear_story_id: identifier }),
    linear_story_identifier: issue?.identifier ?? identifier,
    ...(issue ? { linear_story_title: issue.title, linear_story_url: issue.url } : {}),
    linear_team: issue?.team.key ?? IDENTIFIER.exec(identifier)?.[1] ?? '',
    ...(project ? { linear_project: project } : {}),
    ...(binding.changeId && !rebound ? {} : { opsx_change_id: ports.newId() }),
    ...(rebound ? UNRECORDED : {}),
  }
  const next = appendLedger(proposal.text, {
    entries: rebound ? [rebinding(ports, change, identifier)] : [],
    keys,
  })
  if (next === proposal.text) return []
  workspace.write(proposal.path, next, proposal.text)
  return [proposal.path]
}

function rebinding({ clock }: { clock: Clock }, { binding }: Change, identifier: string): NewEntry {
  const at = timestampOf(clock.now())
  const note = `bound to ${identifier} instead of ${binding.identifier ?? binding.id}`
  return { at, transition: 'bind', outcome: 'posted', note }
}
