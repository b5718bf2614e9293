import type { CodesOf, Pages } from './page.ts'

export const LEDGER_PAGES: Pages<CodesOf<'ledger'>> = {
  'ledger/malformed': {
    means: 'attempt_log is no list, or an entry of it is no mapping or lacks its transition or outcome.',
    why: 'opsx reads the rest and leaves the text alone, but that part of the history counts for nothing.',
    fix: 'Give it the shape of the other entries.',
    example: `attempt_log:
  - { at: "2026-06-11T19:21:23Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }`,
  },
  'ledger/unknown-outcome': {
    means: 'An entry has another outcome than posted, dropped or failed.',
    why: 'Only posted means that the issue moved; an unknown word never counts as that.',
    fix: 'Use one of the three, if the entry was written by hand; opsx keeps what it finds.',
    example: `outcome: "deferred"    as it is
outcome: "dropped"     as it should be`,
  },
  'ledger/states-differ': {
    means: 'last_synced_state and linear_story_state of the proposal differ.',
    why: 'The first is the state of record; the second is only what the issue was when it was bound.',
    fix: 'Nothing to do: the next sync that writes brings both together.',
    example: `linear_story_state: Todo
last_synced_state: In Progress`,
  },
  'ledger/unknown-state': {
    means: 'last_synced_state is a name that opsx cannot place in the lifecycle.',
    why: 'Without it opsx cannot tell whether the issue is behind, so it writes nothing for the change.',
    fix: "Write the canonical name, not the team's own.",
    example: `last_synced_state: Code Review    as it is
last_synced_state: In Review      as it should be`,
  },
  'ledger/closed-early': {
    means: 'An automation completed the issue while the change is still active.',
    why: 'Done comes with the archive only; an issue that is closed earlier hides work that is open.',
    fix: 'Move the issue back in Linear, or let sync restore it. Linear closes issues that a merged pull request names.',
    example: `defaults:
  on_premature_close: restore`,
  },
  'ledger/backward-time': {
    means: 'An entry has an earlier time than the entry before it.',
    why: 'The ledger is append only, so an entry was moved, edited or made up.',
    fix: 'Look at the history of the file, and put the entries back in order.',
    example: `$ git log -p -- openspec/changes/add-dark-mode/proposal.md`,
  },
  'ledger/placeholder-time': {
    means: 'The time of an entry is midnight to the second.',
    why: 'That is nearly always a date that somebody completed with zeros, and the order of a day is lost.',
    fix: 'Write the real time, in UTC, if it is known.',
    example: `at: "2026-06-11T00:00:00Z"    as it is
at: "2026-06-11T19:21:23Z"    as it should be`,
  },
  'ledger/illegal-transition': {
    means: 'A posted entry moves an issue backward, or out of an ended state to Done.',
    why: 'Only a re-queue (In Review to In Progress) and opsx reopen go backward.',
    fix: 'Look at who wrote the entry, and correct it when it is wrong.',
    example: `- { at: "2026-06-11T19:21:23Z", transition: "In Progress->Todo", outcome: "posted", note: "…" }`,
  },
  'ledger/record-mismatch': {
    means: 'last_synced_state is not the state that the last posted crossing led to.',
    why: 'The next move is computed from it, so a wrong one repeats a move or leaves it out.',
    fix: 'Run opsx sync, or correct the key by hand.',
    example: `last_synced_state: Todo
attempt_log:
  - { at: "…", transition: "Todo->In Progress", outcome: "posted", note: "T2" }`,
  },
  'ledger/over-maximum': {
    means: 'review_round is greater than the maximum number of rounds.',
    why: 'opsx stops at the maximum, so the number was edited or the maximum was lowered; the change stays parked.',
    fix: 'Let a person decide.',
    example: `$ opsx review approve add-dark-mode --reason "contrast is fine" --by Ada`,
  },
  'ledger/conflict-markers': {
    means: 'proposal.md holds the markers of a merge conflict.',
    why: 'Neither people nor programs can tell which entries are true.',
    fix: 'Run opsx ledger lint --fix: it keeps the entries of both sides in the order of their times. Settle what it leaves. opsx init --merge-driver lets git do the same.',
    example: `<<<<<<< HEAD
  - { at: "2026-06-11T19:21:23Z", … }
=======
  - { at: "2026-06-11T20:02:10Z", … }
>>>>>>> main`,
  },
  'ledger/behind': {
    means: 'The files of the change are further than its state of record.',
    why: 'The issue in Linear probably shows an old state.',
    fix: 'Run opsx sync on the branch of the change or on the default branch.',
    example: `$ opsx sync add-dark-mode --dry-run
$ opsx sync add-dark-mode`,
  },
  'ledger/archived-not-done': {
    means: 'The change is archived, and its state of record is not Done.',
    why: 'The issue still shows work that is finished.',
    fix: 'Run opsx sync on the default branch; only that checkout may set Done.',
    example: `$ git switch main && opsx sync add-dark-mode`,
  },
  'ledger/archive-debt': {
    means: 'The change has passed verification and still stands among the active ones.',
    why: 'The main specs do not say yet what was built. It is a warning once the change is on the default branch.',
    fix: 'Archive the change once it is merged.',
    example: `$ openspec archive add-dark-mode
$ opsx sync add-dark-mode`,
  },
}
