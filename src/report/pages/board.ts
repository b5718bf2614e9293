import type { CodesOf, Pages } from './page.ts'

export const BOARD_PAGES: Pages<CodesOf<'board'>> = {
  'board/ahead': {
    means: 'The issue is in a later state than the files of the change.',
    why: 'Somebody moved it; opsx reports that and never moves an issue back.',
    fix: 'Nothing to do when the files catch up; else move the issue in Linear.',
    example: `• proposal.md: CAM-15 is In Review, ahead of its files (In Progress); moved by Ada.`,
  },
  'board/terminal': {
    means: 'The issue is completed, canceled or a duplicate, and the change has not ended.',
    why: 'A closed issue is never moved, so the board no longer follows the change.',
    fix: 'Reopen the issue in Linear, or end the change as well.',
    example: `$ opsx cancel add-dark-mode --reason "replaced by the new theme"`,
  },
  'board/not-found': {
    means: 'Linear shows this key no issue of that identifier or id.',
    why: 'It was deleted, or is in a team that the key may not see; Linear does not tell the two apart.',
    fix: 'Check the identifier and the access of the key, or bind the change to another issue.',
    example: `$ opsx bind add-dark-mode CAM-22 --force`,
  },
  'board/archived': {
    means: 'The issue is archived in Linear or in its trash.',
    why: 'Linear refuses every edit of such an issue, so nothing is tried.',
    fix: 'Restore the issue in Linear, or bind the change to another one.',
    example: `$ opsx bind add-dark-mode CAM-22 --force`,
  },
  'board/identifier-renamed': {
    means: 'The issue has another identifier now, because its team was renamed or it moved to another team.',
    why: 'opsx finds the issue by its id; people who read the proposal look for the old name.',
    fix: 'Bind the change again with the new identifier.',
    example: `$ opsx bind add-dark-mode PHO-15`,
  },
  'board/state-missing': {
    means: 'The team has no workflow state of the name that a phase asks for.',
    why: 'opsx chooses states by name and never guesses, so the move is recorded as dropped.',
    fix: "Map the phase to the team's own name, or add the state in Linear.",
    example: `teams:
  "CAM": { id: "…", states: { in_review: "Code Review" } }`,
  },
  'board/state-ambiguous': {
    means: 'The team has several workflow states of the name that a phase asks for.',
    why: 'opsx does not guess which of them is meant, so the move is recorded as dropped.',
    fix: 'Rename one of them in Linear, or map the phase to another name.',
    example: `teams:
  "CAM": { id: "…", states: { in_review: "Code Review" } }`,
  },
  'board/not-checked': {
    means: 'Linear was not asked, because there is no key or --offline was given, or it did not answer.',
    why: 'What opsx says is about the files alone; what is due stays due.',
    fix: 'Run opsx sync where a key and Linear are at hand.',
    example: `$ export LINEAR_API_KEY=lin_api_…
$ opsx sync`,
  },
  'board/other-team': {
    means: 'The issue is in another team than the proposal says, because somebody moved it.',
    why: 'The other team has workflow states of its own; without the team in the registry opsx writes nothing there.',
    fix: 'Bind the change to the issue again, which registers the team and writes its key to the proposal.',
    example: `$ opsx bind add-dark-mode PHO-3 --force`,
  },
  'board/issue-replaced': {
    means: 'Linear has an issue of that identifier, and it is not the one whose id the proposal holds.',
    why: 'A move of the workspace keeps identifiers and changes ids. opsx goes by the id, so it finds no issue.',
    fix: 'Look whether it is the same issue, then bind the change to it again.',
    example: `$ opsx bind add-dark-mode CAM-15 --force`,
  },
  'board/project-not-found': {
    means: 'A project of the registry has no id, or one that Linear does not know.',
    why: 'The documents that mirror the specs of an archive have nowhere to go, and are recorded as dropped.',
    fix: 'Write the UUID of the project; the message names those that have its name.',
    example: `projects:
  "build-performance": { id: "b1f7…", name: "Build performance", teams: ["CAM"] }`,
  },
  'board/project-by-slug': {
    means: 'A project is registered by the slugId out of its address, not by its UUID.',
    why: 'opsx takes both, but Linear answers a document filter by slugId with an empty page instead of an error.',
    fix: 'Write the UUID that the message names.',
    example: `projects:
  "build-performance": { id: "b1f7c2de-…" }`,
  },
}
