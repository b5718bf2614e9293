import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files, Repository } from '../support/git-repository.ts'
import { createScenario, REGISTRY, registryText, type Scenario, verifyText } from '../support/scenario.ts'
import { BASE, changeOf, DIRECTORY, MAIN_SPEC, PROPOSAL_BODY } from '../verify-cli/subject.ts'

export { BASE, changeOf, DIRECTORY, MAIN_SPEC, PROPOSAL_BODY }
export const TODAY = new Date().toISOString().slice(0, 10)
export const ARCHIVED = `openspec/changes/archive/${TODAY}-add-dark-mode`
export const PROJECT = 'Reading'

/** Frontmatter of a change that is in review, bound to LOC-1 and to a project. */
export function bound({ recorded = 'In Review', project = 'reading', issue = 'LOC-1' } = {}): string {
  return `---
linear_story_identifier: ${issue}
linear_team: LOC
${project === '' ? '' : `linear_project: ${project}\n`}opsx_change_id: 11111111-2222-4333-8444-555555555555
linear_story_state: ${recorded}
last_synced_state: ${recorded}
last_synced_at: 2026-01-02T10:00:00Z
review_round: 1
attempt_log:
  - { at: "2026-01-02T10:00:00Z", transition: "In Progress->${recorded}", outcome: "posted", note: "before" }
---
`
}

/** A change of one name that passes and has been verified. */
export function verified(parts: Parameters<typeof changeOf>[0] = {}): Files {
  const name = parts?.name ?? 'add-dark-mode'
  return { ...changeOf(parts), [`openspec/changes/${name}/verify.md`]: verifyText('PASS') }
}

/** The registry of a scenario, with the project that Linear has, by UUID or slugId. */
export function registryWith(scenario: Pick<Scenario, 'linear'>, key: 'id' | 'slugId' = 'id'): string {
  const project = scenario.linear.store.state.projects.find(({ name }) => name === PROJECT)
  return registryText({
    more: `projects:\n  "reading":\n    id: "${project?.[key]}" # the shelf\n    name: "${PROJECT}"\n    teams: ["LOC"]\n`,
  })
}

/** A Linear with a project, and a repository with a verified, bound change on main. */
export async function createArchivable(files: Files = verified({ frontmatter: bound() })) {
  const scenario = await createScenario({
    state: 'In Review',
    seed: { projects: [{ name: PROJECT }] },
    files: BASE,
  })
  scenario.repository.commit('Work', { [REGISTRY]: registryWith(scenario), ...files })
  return scenario
}

/** Path and text of every file that is neither git's nor opsx's own. */
export function treeOf(root: string, at = ''): Record<string, string> {
  const tree: Record<string, string> = {}
  for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`
    if (path === '.git' || path === '.opsx') continue
    if (entry.isDirectory()) Object.assign(tree, { [`${path}/`]: '' }, treeOf(root, path))
    else tree[path] = readFileSync(join(root, path), 'utf8')
  }
  return tree
}

export function exists(repository: Repository, path: string): boolean {
  return existsSync(join(repository.path, path))
}

/** `code` of every refusal that was not forced. */
export function refusals(ran: { json(): { findings: { code: string; forced: boolean }[] } }): string[] {
  return ran.json().findings.flatMap(({ code, forced }) => (forced ? [] : [code]))
}
