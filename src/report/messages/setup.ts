import type { SetupFindingArgs } from '../../findings/codes/setup.ts'
import type { Messages } from './message.ts'

export const SETUP_MESSAGES: Messages<keyof SetupFindingArgs> = {
  'board/ahead': {
    says: ({ identifier, state, phase, who }) =>
      `${identifier} is ${state}, ahead of its files (${phase}); moved by ${who}.`,
    fix: () => 'Nothing to do when the files catch up; opsx never moves an issue back.',
  },
  'board/terminal': {
    says: ({ identifier, state, who }) => `${identifier} is ${state} (moved by ${who}), so opsx leaves it.`,
    fix: () => 'Reopen the issue in Linear, or end the change too: archive it, or opsx cancel or duplicate.',
  },
  'board/not-found': {
    says: ({ issue }) => `Linear has no issue ${issue} that this key may see.`,
    fix: () => 'Check the identifier and the access of the key, or bind the change to another issue.',
  },
  'board/archived': {
    says: ({ identifier }) => `${identifier} is archived or in the trash, and Linear refuses edits.`,
    fix: () => 'Restore the issue in Linear, or bind the change to another one.',
  },
  'board/identifier-renamed': {
    says: ({ recorded, current }) => `${recorded} is called ${current} now.`,
    fix: ({ current }) => `Update the proposal: opsx bind <change> ${current}`,
  },
  'board/state-missing': {
    says: ({ name, team, available }) => `Team ${team} has no state named "${name}"; it has ${available}.`,
    fix: ({ team, key, candidates }) => mapping({ team, key, candidates }),
  },
  'board/state-ambiguous': {
    says: ({ name, team, count, available }) =>
      `Team ${team} has ${count} states named "${name}", and opsx does not guess; it has ${available}.`,
    fix: ({ team, key, candidates }) =>
      `Rename one of them in Linear. Or: ${mapping({ team, key, candidates })}`,
  },
  'board/other-team': {
    says: ({ identifier, team, recorded }) => `${identifier} has moved from team ${recorded} to ${team}.`,
    fix: ({ identifier }) =>
      `Bind the change to it again, which registers the team: opsx bind <change> ${identifier} --force`,
  },
  'board/issue-replaced': {
    says: ({ identifier, recorded, current }) =>
      `${identifier} is another issue than the one that was bound: ${recorded} in the file, ${current} in Linear.`,
    fix: ({ identifier }) =>
      `After a move of the workspace, bind it again: opsx bind <change> ${identifier} --force`,
  },
  'board/project-not-found': {
    says: ({ project, id }) =>
      id === ''
        ? `Project ${project} of openspec/linear.yaml has no id, so its specs cannot be mirrored.`
        : `Linear has no project ${id} that this key may see; openspec/linear.yaml calls it ${project}.`,
    fix: ({ project, candidates }) =>
      candidates === ''
        ? `Write its UUID to projects.${project}.id, or remove the project.`
        : `Write the UUID of the one that is meant to projects.${project}.id: ${candidates}`,
  },
  'board/project-by-slug': {
    says: ({ project, slugId }) =>
      `Project ${project} is registered by its slugId ${slugId}; programs that filter documents by that find nothing, without an error.`,
    fix: ({ project, id }) => `Write its UUID to openspec/linear.yaml: projects.${project}.id: "${id}"`,
  },
  'board/not-checked': {
    says: ({ reason }) => `The board was not checked: ${reason}.`,
    fix: () => 'Run opsx sync where a key and Linear are reachable.',
  },
  'workspace/unpinned': {
    says: ({ organization }) =>
      `openspec/linear.yaml does not pin a workspace; the key belongs to "${organization}".`,
    fix: ({ organization }) => `opsx init --workspace ${organization}`,
  },
  'workspace/mismatch': {
    says: ({ expected, actual }) =>
      `openspec/linear.yaml belongs to workspace "${expected}", the key to "${actual}".`,
    fix: ({ actual }) => `Use another key, or pin the other workspace: opsx init --workspace ${actual} --yes`,
  },
  'workspace/team-mismatch': {
    says: ({ team, expected, actual }) =>
      `Team ${team} is ${expected} in openspec/linear.yaml and ${actual} in Linear, as after a move of the workspace.`,
    fix: ({ team, actual }) =>
      `Check that the workspace is the right one, then write teams.${team}.id: "${actual}" to openspec/linear.yaml.`,
  },
  'workspace/team-renamed': {
    says: ({ team, current }) =>
      `Team ${team} of openspec/linear.yaml is called ${current} in Linear now; its id is the same.`,
    fix: ({ team, current }) =>
      `Rename the key under teams in openspec/linear.yaml from ${team} to ${current}, and linear_team in the proposals.`,
  },
  'workspace/team-not-found': {
    says: ({ team, available }) =>
      `Linear has no team ${team} that this key may see; it may see ${available || 'none'}.`,
    fix: () =>
      'Correct the key under teams in openspec/linear.yaml, or use a Linear key that may see the team.',
  },
  'workspace/team-unpinned': {
    says: ({ team }) =>
      `Team ${team} has no id in openspec/linear.yaml, so another team behind the same key would not be noticed.`,
    fix: ({ team, id }) => `Add it: teams.${team}.id: "${id}"`,
  },
  'doctor/credential': {
    says: ({ reason }) => `There is no usable Linear key: ${reason}.`,
    fix: () => 'Set LINEAR_API_KEY in the environment or in an ignored .env.',
  },
  'doctor/env-file': {
    says: ({ path }) => `${path} holds a Linear key and git does not ignore it.`,
    fix: () => 'Add .env to .gitignore, and revoke the key if it was ever committed.',
  },
  'doctor/git': {
    says: ({ reason }) => `${reason}.`,
    fix: () => 'opsx works without git, but cannot tell which checkout may speak for a change.',
  },
  'doctor/git-automation': {
    says: ({ team, event, state, branch, closes }) =>
      `Team ${team} sets an issue to ${state} when a pull request is ${event}${branch ? ` (${branch})` : ''}; ${
        closes === 'yes'
          ? 'an issue of a change is to be closed by its archive'
          : 'what the files say is then not what the board shows'
      }.`,
    fix: ({ team, closes }) =>
      closes === 'yes'
        ? `In Linear, settings of team ${team}, Workflow, Pull request automation: no action. Until then write "Part of ${team}-15" in a pull request, not "Closes ${team}-15", or set defaults.on_premature_close: restore.`
        : `In Linear, settings of team ${team}, Workflow, Pull request automation: no action, or leave it so; opsx never moves an issue back.`,
  },
  'doctor/unreadable': {
    says: ({ reason }) => `${reason.replace(/\.$/, '')}.`,
    fix: () => 'Make it a UTF-8 text file that you may read; what needs it is not checked.',
  },
  'doctor/merge-driver': {
    says: ({ driver, path, count }) =>
      `.gitattributes has ${files(path, count)} merged by "${driver}", and this clone does not know that driver, so git merges as text.`,
    fix: ({ driver }) =>
      driver.startsWith('opsx')
        ? 'Set it up in this clone: opsx init --merge-driver'
        : `Set merge.${driver}.driver with git config, or remove the line.`,
  },
  'doctor/merge-union': {
    says: ({ path, count }) =>
      `.gitattributes has ${files(path, count)} merged as a union of lines, which doubles keys and breaks what opsx keeps there.`,
    fix: () => 'Remove merge=union for these files.',
  },
}

function mapping({ team, key, candidates }: { team: string; key: string; candidates: string }): string {
  const [first, ...others] = candidates === '' ? [] : candidates.split(', ')
  if (first === undefined)
    return `Map a state to it in openspec/linear.yaml, teams.${team}.states.${key}, or add one in Linear.`
  const or = others.length > 0 ? ` (or ${others.join(', ')})` : ''
  return `Map it in openspec/linear.yaml, for instance teams.${team}.states.${key}: ${first}${or}`
}

function files(path: string, count: number): string {
  return count === 1 ? path : `${path} and ${count - 1} more`
}
