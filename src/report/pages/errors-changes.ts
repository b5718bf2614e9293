import type { ErrorCode } from '../../errors.ts'
import type { Pages } from './page.ts'

/** Errors about one change, its schema, its tasks or its binding, exit code 2. */
export type ChangeErrors = Extract<
  ErrorCode,
  | 'CHANGE_NOT_FOUND'
  | 'CHANGE_EXISTS'
  | 'CHANGE_NAME_INVALID'
  | 'CHANGE_UNBOUND'
  | 'ALREADY_BOUND'
  | 'FIGURES_UNREADABLE'
  | 'FIGURES_LOCK_UNREADABLE'
  | 'FIGURE_NOT_FOUND'
  | 'ISSUE_NOT_FOUND'
  | 'PROJECT_NOT_FOUND'
  | 'SCHEMA_NOT_FOUND'
  | 'SCHEMA_UNREADABLE'
  | 'TASKS_NOT_FOUND'
  | 'TASK_NOT_FOUND'
  | 'TASK_AMBIGUOUS'
>

export const CHANGE_ERROR_PAGES: Pages<ChangeErrors> = {
  FIGURES_UNREADABLE: {
    means: 'openspec/figures.yaml, or the overlay of a change, is missing or cannot be read.',
    why: 'Without definitions there is nothing to measure and nothing to compare.',
    fix: 'Write the file, or correct it at the line that is named.',
    example: `figures:
  checks: { measure: { run: "./list-checks", parse: lines } }`,
  },
  FIGURES_LOCK_UNREADABLE: {
    means: 'openspec/figures.lock.json cannot be read.',
    why: 'Writing a new one would forget the values that the figures had before.',
    fix: 'After a merge run opsx figures resolve; otherwise restore the file from git.',
    example: `$ opsx figures resolve
$ git checkout HEAD -- openspec/figures.lock.json`,
  },
  FIGURE_NOT_FOUND: {
    means: 'No figure of that name is defined.',
    why: 'opsx does not choose a similar one by itself; it only suggests it.',
    fix: 'Copy the name from the list.',
    example: `$ opsx figures list`,
  },
  CHANGE_NOT_FOUND: {
    means: 'No change of that name is in openspec/changes or its archive.',
    why: 'opsx does not choose a similar one by itself; it only suggests it.',
    fix: 'Copy the name from the list.',
    example: `$ opsx status --archived`,
  },
  CHANGE_EXISTS: {
    means: 'opsx new was given a name that an active change has already.',
    why: 'Its files would be overwritten.',
    fix: 'Choose another name, or go on with that change.',
    example: `$ opsx status add-dark-mode`,
  },
  CHANGE_NAME_INVALID: {
    means: 'The name of a new change is not made of lower-case words with hyphens.',
    why: 'The name is a directory and an argument of every command, here and in OpenSpec.',
    fix: 'Use letters, digits and single hyphens.',
    example: `$ opsx new "Dark Mode"      as it was
$ opsx new add-dark-mode    as it should be`,
  },
  CHANGE_UNBOUND: {
    means: 'The change has no proposal.md that could hold the binding.',
    why: 'The binding and the ledger live in the frontmatter of the proposal.',
    fix: 'Write the proposal first.',
    example: `openspec/changes/add-dark-mode/proposal.md`,
  },
  ALREADY_BOUND: {
    means: 'The change is bound to another issue.',
    why: 'A second binding starts a new chapter of the ledger, which has to be meant.',
    fix: 'Bind again with --force, if the new issue is the right one.',
    example: `$ opsx bind add-dark-mode CAM-22 --force`,
  },
  ISSUE_NOT_FOUND: {
    means: 'Linear shows this key no issue of that identifier.',
    why: 'It does not exist, or is in a team that the key may not see; Linear does not tell the two apart.',
    fix: 'Check the identifier, or create the issue in Linear.',
    example: `$ opsx bind add-dark-mode CAM-15`,
  },
  PROJECT_NOT_FOUND: {
    means: 'The project given to opsx bind is neither in openspec/linear.yaml nor the project of the issue.',
    why: 'opsx never guesses a project.',
    fix: 'Register it, put the issue into it in Linear, or bind without a project.',
    example: `$ opsx bind add-dark-mode CAM-15 --no-project`,
  },
  SCHEMA_NOT_FOUND: {
    means: 'There is no workflow schema of that name.',
    why: 'The schema says which artifacts a change has, so opsx cannot lay one out without it.',
    fix: 'Use a built-in one, or add openspec/schemas/<name>/schema.yaml.',
    example: `$ opsx new add-dark-mode --schema spec-driven`,
  },
  SCHEMA_UNREADABLE: {
    means: 'The schema.yaml of a workflow schema is not valid, or is no list of artifacts.',
    why: 'opsx cannot tell which artifacts a change has.',
    fix: 'Correct the file; each artifact has an id and what it generates.',
    example: `artifacts:
  - { id: proposal, generates: proposal.md, template: proposal.md, requires: [] }`,
  },
  TASKS_NOT_FOUND: {
    means: 'The change has no tasks.md.',
    why: 'There are no boxes that could be listed or ticked.',
    fix: 'Write the file.',
    example: `- [ ] 1.1 Add the dark palette
- [ ] 1.2 Measure contrast`,
  },
  TASK_NOT_FOUND: {
    means: 'No task of the change has that id.',
    why: 'opsx finds a task by the id at the beginning of its line, not by its text.',
    fix: 'Look at the ids. A box without an id is ticked by hand.',
    example: `$ opsx task list add-dark-mode`,
  },
  TASK_AMBIGUOUS: {
    means: 'Several tasks have the same id.',
    why: 'opsx does not guess which box is meant.',
    fix: 'Give each task an id of its own.',
    example: `- [ ] 1.1 Add the dark palette
- [ ] 1.1 Measure contrast        should be 1.2`,
  },
}
