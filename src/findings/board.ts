import { defineFindings } from './define-findings.ts'

export const BOARD = defineFindings({
  'board/ahead': {
    message: ({ identifier, state, phase, who }: Record<'identifier' | 'state' | 'phase' | 'who', string>) =>
      `${identifier} is ${state} (moved by ${who}), but its files are only at ${phase}.`,
    fix: 'Bring the files up to date, or move the issue in Linear. opsx never moves it back.',
  },
  'board/terminal': {
    message: ({ identifier, state, who }: { identifier: string; state: string; who: string }) =>
      `${identifier} is ${state} (moved by ${who}), so opsx does not update it.`,
    fix: 'Reopen the issue in Linear, or end the change with opsx archive, cancel or duplicate.',
  },
  'board/not-found': {
    message: ({ issue }: { issue: string }) => `Linear returned no issue ${issue} for this key.`,
    fix: 'Check the identifier and the access of the key, or bind the change to another issue.',
  },
  'board/archived': {
    message: ({ identifier }: { identifier: string }) =>
      `${identifier} is archived or in the trash, so Linear refuses edits.`,
    fix: 'Restore the issue in Linear, or bind the change to another one.',
  },
  'board/identifier-renamed': {
    message: ({ recorded, current }: { recorded: string; current: string }) =>
      `${recorded} now has the identifier ${current} in Linear.`,
    fix: ({ current }) => `Update the proposal: opsx bind <change> ${current}`,
  },
  'board/state-missing': {
    message: ({ name, team, available }: StateArgs) =>
      `Team ${team} has no state named "${name}"; it has ${available}.`,
    fix: mapping,
  },
  'board/state-ambiguous': {
    message: ({ name, team, count, available }: StateArgs & { count: number }) =>
      `Team ${team} has ${count} states named "${name}", so opsx uses none of them; the team has ${available}.`,
    fix: args => `Rename one of them in Linear. Or: ${mapping(args)}`,
  },
  'board/other-team': {
    message: ({ identifier, team, recorded }: { identifier: string; team: string; recorded: string }) =>
      `${identifier} moved from team ${recorded} to ${team} in Linear.`,
    fix: ({ identifier }) =>
      `Bind the change again, which registers the team: opsx bind <change> ${identifier} --force`,
  },
  'board/issue-replaced': {
    message: ({ identifier, recorded, current }: { identifier: string; recorded: string; current: string }) =>
      `${identifier} is not the issue that was bound: its id is ${recorded} in the file, but ${current} in Linear.`,
    fix: ({ identifier }) => `If it is the right issue: opsx bind <change> ${identifier} --force`,
  },
  'board/project-not-found': {
    message: ({ project, id }: { project: string; id: string; candidates: string }) =>
      id === ''
        ? `Project ${project} of openspec/linear.yaml has no id, so its specs cannot be published.`
        : `Linear returned no project ${id} for this key; openspec/linear.yaml names it ${project}.`,
    fix: ({ project, candidates }) =>
      candidates === ''
        ? `Write its UUID to projects.${project}.id, or remove the project.`
        : `Write the UUID of the right project to projects.${project}.id: ${candidates}`,
  },
  'board/project-by-slug': {
    message: ({ project, slugId }: { project: string; slugId: string; id: string }) =>
      `Project ${project} is registered by its slugId ${slugId}; document filters by slugId find nothing.`,
    fix: ({ project, id }) => `Write its UUID to openspec/linear.yaml: projects.${project}.id: "${id}"`,
  },
  'board/not-checked': {
    message: ({ reason }: { reason: string }) => `Linear was not checked: ${reason}.`,
    fix: 'Run opsx sync with a key and a connection to Linear.',
  },
})

/** `key`: the phase as the registry writes it; `candidates`: states that may be the right one, or empty. */
type StateArgs = Record<'name' | 'team' | 'available' | 'key' | 'candidates', string>

function mapping({ team, key, candidates }: StateArgs): string {
  const [first, ...others] = candidates === '' ? [] : candidates.split(', ')
  if (first === undefined)
    return `Name a state in openspec/linear.yaml, teams.${team}.states.${key}, or add one in Linear.`
  const or = others.length > 0 ? ` (or ${others.join(', ')})` : ''
  return `Map it in openspec/linear.yaml, for instance teams.${team}.states.${key}: ${first}${or}`
}
