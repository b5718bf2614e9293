import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { OpsxError } from '../errors.ts'
import { type LocalLinear, startLocalLinear } from '../local-linear/server.ts'
import type { LocalServer } from '../ports/local-server.ts'
import type { Tracker } from '../ports/tracker.ts'
import { commonDirectory } from './git/repository.ts'
import { createLinearTracker } from './linear/tracker.ts'
import { readShipped } from './package-files.ts'
import { createWorkspace } from './workspace.ts'

const LOCAL_KEY = 'lin_api_local'

/** Keeps opsx's own files out of git. The repository's .gitignore is not changed. */
const IGNORE = '.opsx/.gitignore'

export interface LinearSettings {
  /** `workspace.slug` of linear.yaml; `local` selects the embedded Linear. */
  slug: string | null
}

export interface OpenTrackerOptions {
  settings: LinearSettings
  env: Record<string, string | undefined>
  key: string | undefined
  /** The workspace root. */
  root: string
  log: (line: string) => void
}

/**
 * The tracker of a workspace: Linear itself, or the embedded Linear started in this process when `workspace.slug` is
 * `local` and no endpoint is configured. Throws KEY_MISSING and ENDPOINT_REFUSED.
 */
export async function openTracker(
  options: OpenTrackerOptions,
): Promise<{ tracker: Tracker; close(): Promise<void> }> {
  const { settings, env, root } = options
  const endpoint = env.LINEAR_GRAPHQL_ENDPOINT
  if (settings.slug === 'local' && !endpoint) {
    const server = await startLocalLinear({ schema: linearSchema(), stateFile: localStateFile(root) })
    return { tracker: trackerAt(options, { url: server.url, key: LOCAL_KEY }), close: server.close }
  }
  const key = options.key ?? (settings.slug === 'local' ? LOCAL_KEY : undefined)
  if (!key) {
    throw new OpsxError('KEY_MISSING', 'There is no Linear key in LINEAR_API_KEY or an ignored .env.', {
      hint: 'Create a personal API key in Linear under Settings, Security & access, and export LINEAR_API_KEY.',
    })
  }
  return { tracker: trackerAt(options, { url: endpoint, key }), close: async () => {} }
}

function trackerAt({ env, log }: OpenTrackerOptions, at: { url: string | undefined; key: string }): Tracker {
  const milliseconds = Number(env.OPSX_TIMEOUT_MS)
  return createLinearTracker({
    apiKey: at.key,
    ...(at.url === undefined ? {} : { apiUrl: at.url }),
    ...(milliseconds > 0 ? { timeoutMs: milliseconds } : {}),
    ...(env.LINEAR_DEBUG ? { log } : {}),
    sleep: wait => delay(wait),
    random: () => Math.random(),
  })
}

/** Linear's schema as SDL. */
function linearSchema(): string {
  return readShipped('dist/linear-schema.graphql') ?? ''
}

/** One embedded Linear per repository: a linked worktree uses the file of the main worktree. */
function localStateFile(root: string): string {
  const common = commonDirectory(root)
  const home = common?.endsWith('/.git') ? dirname(common) : root
  const workspace = createWorkspace(home)
  if (workspace.read(IGNORE) === undefined) workspace.write(IGNORE, '*\n')
  return join(home, '.opsx', 'local-linear.json')
}

/** The embedded Linear of a directory as a server; `keepAlive` runs it until the process is interrupted. */
export async function serveLocal(options: {
  directory: string
  port: number
  keepAlive: boolean
}): Promise<LocalServer> {
  const { directory, port, keepAlive: ref } = options
  const server = await startLocalLinear({
    schema: linearSchema(),
    port,
    ref,
    stateFile: localStateFile(directory),
  })
  return { url: server.url, key: LOCAL_KEY, board: boardOf(server), close: server.close }
}

/** What a user does in Linear by hand. */
function boardOf({ url, database, counters }: LocalLinear): LocalServer['board'] {
  const state = () => {
    database.refresh()
    return database.state
  }
  return {
    createIssue(title, project) {
      const { teams, projects } = state()
      const projectId = projects.find(({ name }) => name === project)?.id
      if (project !== undefined && projectId === undefined) throw unknownProject(project, projects)
      return createIssue(url, { title, teamId: teams[0]?.id ?? '', ...(projectId ? { projectId } : {}) })
    },
    issues() {
      const { issues, states, comments } = state()
      return issues.map(({ id, identifier, title, stateId, description }) => ({
        identifier,
        title,
        state: states.find(candidate => candidate.id === stateId)?.name ?? '',
        comments: comments.filter(({ issueId }) => issueId === id).map(({ body }) => body),
        description: description ?? '',
      }))
    },
    team() {
      const [team] = state().teams
      return { key: team?.key ?? 'LOC', id: team?.id ?? '', name: team?.name ?? 'Local' }
    },
    counters: () => ({ ...counters }),
  }
}

function unknownProject(project: string, known: { name: string }[]): OpsxError {
  return new OpsxError('PROJECT_NOT_FOUND', `The embedded Linear has no project "${project}".`, {
    hint: `It has ${known.map(({ name }) => `"${name}"`).join(', ')}.`,
  })
}

/** Uses the API, because it numbers issues correctly even when two processes create one at the same time. */
async function createIssue(
  url: string,
  input: { title: string; teamId: string; projectId?: string },
): Promise<string> {
  const query =
    'mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { issue { identifier } } }'
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: LOCAL_KEY },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const answer = (await response.json()) as { data?: { issueCreate: { issue: { identifier: string } } } }
  if (answer.data) return answer.data.issueCreate.issue.identifier
  throw new OpsxError(
    'LINEAR_REFUSED',
    `The embedded Linear did not create the issue: ${JSON.stringify(answer)}.`,
  )
}
