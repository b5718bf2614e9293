import type { ErrorsOf, Pages } from './page.ts'

/** Refusals, exit code 1. */
export const REFUSAL_PAGES: Pages<ErrorsOf<1>> = {
  TASK_REFUSED: {
    means: 'A task cannot be ticked while tasks under it are open.',
    why: 'The tick would claim more than was done.',
    fix: 'Tick the tasks under it first, or name them in the same command.',
    example: `$ opsx task check add-dark-mode 1.1 1.2 1`,
  },
  FIGURE_REFUSED: {
    means: 'A figure cannot be renamed, proven or resolved as asked.',
    why: 'It would lose a value, or claim something that was not seen.',
    fix: 'Do what the message says.',
    example: `$ opsx figures prove eval_ratio`,
  },
  COMMAND_NOT_TRUSTED: {
    means: 'The command of a figure is new or has changed, and nobody on this machine has accepted it.',
    why: 'A pull request could otherwise run any command on the machine of whoever measures.',
    fix: 'Read the command, then measure again with --trust, or answer the question in a terminal.',
    example: `$ opsx figures measure checks --trust`,
  },
  REVIEW_REFUSED: {
    means: 'There is nothing to decide about: no proposal.md to hold the ledger, or no verdict to reject.',
    why: 'A decision is recorded together with the verify report that it is about.',
    fix: 'Verify the change first.',
    example: `$ opsx verify add-dark-mode --write
$ opsx review reject add-dark-mode --reason "contrast below AA"`,
  },
  TRANSITION_REFUSED: {
    means: 'The change is not in a phase for this command, or this checkout may not decide for it.',
    why: 'A change ends once; after that only opsx reopen takes it back.',
    fix: 'Look at its phase, or go to the branch that changes it or to the default branch.',
    example: `$ opsx status add-dark-mode --archived
$ opsx reopen add-dark-mode --reason "the fix broke printing"`,
  },
  PUBLISH_FAILED: {
    means: 'The ledger could not be committed, pushed or proposed.',
    why: 'The board is up to date and the ledger lines stand in your working tree, but nobody else sees them yet.',
    fix: 'Do what the message says, then run again; the lines are not lost.',
    example: `$ git push --set-upstream origin add-dark-mode
$ opsx sync --push`,
  },
}

/** Safety gates, exit code 4: nothing was written. */
export const GATE_PAGES: Pages<ErrorsOf<4>> = {
  WORKSPACE_UNPINNED: {
    means: 'A write to Linear is due, and openspec/linear.yaml does not say which workspace it belongs to.',
    why: 'A key of another workspace would file issues there, so nothing was written.',
    fix: 'Pin the workspace, after a look at its name in the message.',
    example: `$ opsx init --workspace acme`,
  },
  WORKSPACE_MISMATCH: {
    means: 'The Linear key belongs to another workspace than openspec/linear.yaml, or the command, names.',
    why: "Every write would go to another project's board, so nothing was written.",
    fix: 'Use a key of the right workspace; pin the other one only when the repository has moved.',
    example: `$ LINEAR_API_KEY=lin_api_… opsx sync`,
  },
  TEAM_MISMATCH: {
    means: 'A team is not in the workspace, is not visible to the key, or has another id there.',
    why: 'A key such as CAM may belong to another team than the one that was meant, so nothing was written.',
    fix: 'Check that the workspace is the right one, then correct the team in openspec/linear.yaml.',
    example: `$ opsx doctor`,
  },
}

/** Linear said no or nothing, exit code 3. */
export const REMOTE_PAGES: Pages<ErrorsOf<3>> = {
  LINEAR_AUTH: {
    means: 'Linear does not accept the key, or the key holds characters that no request can carry.',
    why: 'It was revoked, copied in part, or given with the word Bearer.',
    fix: 'Create a new personal API key, and set it as it is.',
    example: `$ export LINEAR_API_KEY=lin_api_…
$ opsx doctor`,
  },
  LINEAR_UNAVAILABLE: {
    means: 'Linear did not answer after several attempts, or in a form that opsx does not know.',
    why: 'The network, a proxy, or Linear itself.',
    fix: 'Run again later: what was done is recognised and not done twice.',
    example: `$ curl -sI https://api.linear.app/graphql | head -1`,
  },
  LINEAR_REFUSED: {
    means: 'Linear refused one thing, such as a text over 250,000 characters or a state of another team.',
    why: 'Asking again would give the same answer, so opsx does not.',
    fix: 'Read what Linear said at the end of the message, and remove the cause.',
    example: `$ opsx ledger add-dark-mode --dropped`,
  },
}

/** Not now, exit code 75: run again later. */
export const DEFERRAL_PAGES: Pages<ErrorsOf<75>> = {
  LINEAR_RATE_LIMITED: {
    means: "The key's hourly limit of requests or complexity at Linear is used up.",
    why: 'Every program that uses the same key shares the limit.',
    fix: 'Run again after the time in the message: what was done is not done twice.',
    example: `$ opsx sync; echo $?
75`,
  },
  LOCKED: {
    means: 'Another opsx run works on this repository.',
    why: 'Two runs that write at once would move and comment twice.',
    fix: 'Wait until it has ended. Delete the lock only when that process no longer runs.',
    example: `$ ps -p 4711
$ rm .git/.opsx/lock`,
  },
}

/** The code of an `opsx/error@1` document that no user should meet, exit code 70. */
export const BUG_PAGES: Pages<'BUG'> = {
  BUG: {
    means: 'opsx failed in a way that it does not know; the stack is on standard error.',
    why: 'That is a fault of opsx and not of your files.',
    fix: 'Report it with these lines. Running again is safe: what reached Linear is recognised.',
    example: `$ opsx sync 2> bug.txt; echo $?
70`,
  },
}
