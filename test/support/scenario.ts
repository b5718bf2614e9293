import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Phase } from '../../src/change/states.ts'
import { type Ran, type RunOptions, runOpsx } from './cli.ts'
import { createRepository, type Files, type Repository } from './git-repository.ts'
import { readLinearSchema } from './linear-schema.ts'
import type { Seed } from './linear-seed.ts'
import { type LocalLinear, startLocalLinear } from './local-linear.ts'

export const CHANGE = 'add-dark-mode'
export const ISSUE = 'LOC-1'
export const REGISTRY = 'openspec/linear.yaml'
export const DIRECTORY = `openspec/changes/${CHANGE}`
export const PROPOSAL = `${DIRECTORY}/proposal.md`
export const VERIFY = `${DIRECTORY}/verify.md`
export const ARCHIVE = `openspec/changes/archive/2026-01-02-${CHANGE}`

/** opsx writes as this person; Ada is another user, GitHub an integration. */
export const OPSX = 'Opsx Key'
export const ADA = 'Ada'

export interface ChangeOptions {
  phase: Phase | 'Failed'
  /** State of record; absent for a ledger that is empty. */
  recorded?: Phase
  name?: string
  directory?: string
  issue?: string
  /** Further frontmatter lines. */
  more?: string
}

/** The files of a bound change whose artifacts are at `phase`; `Failed` is In Progress with a FAIL in verify.md. */
export function changeFiles(options: ChangeOptions): Files {
  const { phase, name = CHANGE, directory = `openspec/changes/${name}` } = options
  const done = phase === 'Backlog' || phase === 'Todo' ? ' ' : 'x'
  const verdict = phase === 'Failed' ? 'FAIL' : phase === 'In Review' || phase === 'Done' ? 'PASS' : null
  return {
    [`${directory}/proposal.md`]: `---\n${binding(options)}---\n${phase === 'Backlog' ? '' : '\n## Why\n\nEyes hurt at night.\n'}`,
    [`${directory}/tasks.md`]: `- [${done}] 1.1 Add the theme\n- [ ] 1.2 Add the switch\n`,
    ...(verdict ? { [`${directory}/verify.md`]: verifyText(verdict) } : {}),
  }
}

/** A verify report with one decision checked; `round` makes its evidence differ. */
export function verifyText(decision: 'PASS' | 'FAIL', round = 1): string {
  const box = (word: string) => `- [${word === decision ? 'x' : ' '}] (${word.toLowerCase()}) ${word}`
  return `# Verification ${round}\n\n## Overall Decision\n\n${box('PASS')}\n${box('FAIL')}\n`
}

function binding({ recorded, name = CHANGE, issue = ISSUE, more = '' }: ChangeOptions): string {
  const lines = [
    `linear_story_identifier: ${issue}`,
    'linear_team: LOC',
    `opsx_change_id: 11111111-2222-4333-8444-${name.length.toString().padStart(12, '0')}`,
  ]
  if (recorded) {
    lines.push(`linear_story_state: ${recorded}`, `last_synced_state: ${recorded}`)
    lines.push('last_synced_at: 2026-01-02T10:00:00Z', 'review_round: 0', 'attempt_log:')
    lines.push(
      `  - { at: "2026-01-02T10:00:00Z", transition: "Backlog->${recorded}", outcome: "posted", note: "before" }`,
    )
  }
  return `${lines.join('\n')}\n${more}`
}

export interface Scenario {
  repository: Repository
  linear: LocalLinear
  /** Runs opsx in the repository, or in the directory given, against the embedded Linear. */
  opsx(args: string[], options?: Partial<RunOptions>): Promise<Ran>
  /** What opsx did in Linear: requests with a mutation, moves and comments of the issue, and its state. */
  board(issue?: string): { mutations: number; moves: number; comments: number; state: string }
}

export interface ScenarioOptions {
  seed?: Seed
  /** Merged over a linear.yaml that pins workspace and team. */
  files?: Files
  /** State of LOC-1 in Linear. */
  state?: Phase
}

/** A repository with linear.yaml committed on main, and a Linear of its own with the issue LOC-1. */
export async function createScenario({ seed, files, state = 'Backlog' }: ScenarioOptions = {}) {
  const linear = await startLocalLinear({
    schema: readLinearSchema(),
    seed: { users: [{ name: OPSX }, { name: ADA }], issues: [{ identifier: ISSUE, state }], ...seed },
  })
  const repository = createRepository()
  onTestFinished(async () => {
    await linear.close()
    repository.remove()
  })
  const archive = { 'openspec/changes/archive/.gitkeep': '' }
  repository.commit('Configure', { [REGISTRY]: registryText(), ...archive, ...files })
  return { repository, linear, ...actionsOn(linear, repository) } satisfies Scenario
}

function actionsOn(linear: LocalLinear, repository: Repository): Pick<Scenario, 'opsx' | 'board'> {
  return {
    opsx: (args, options = {}) => {
      const env = { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local', ...options.env }
      return runOpsx(args, { cwd: repository.path, ...options, env })
    },
    board(issue = ISSUE) {
      const { viewerId } = linear.store.state
      const moves = linear.store.history(issue).filter(event => event.toStateId && event.actorId === viewerId)
      const comments = linear.store.comments(issue).filter(({ userId }) => userId === viewerId)
      const { mutations } = linear.counters
      return {
        mutations,
        moves: moves.length,
        comments: comments.length,
        state: linear.store.stateOf(issue),
      }
    },
  }
}

/** linear.yaml of the embedded workspace; `more` are further top-level lines. */
export function registryText({ slug = 'local', team = '{}', more = '' } = {}): string {
  return `workspace: { slug: "${slug}" }\nteams:\n  "LOC": ${team}\n${more}`
}

export function readFile(repository: Repository, path: string): string {
  return readFileSync(join(repository.path, path), 'utf8')
}

/** Transition and outcome of every entry of a proposal's ledger, in the file's order. */
export function ledgerOf(repository: Repository, path = PROPOSAL): string[] {
  const entries = readFile(repository, path).matchAll(/transition: "([^"]*)", outcome: "(\w+)"/g)
  return [...entries].map(([, transition, outcome]) => `${transition} ${outcome}`)
}

/** Codes of the findings of a JSON document. */
export function codesOf(ran: Ran): string[] {
  return ran.json().findings.map(({ code }: { code: string }) => code)
}
