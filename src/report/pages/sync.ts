import type { CodesOf, Pages } from './page.ts'

export const SYNC_PAGES: Pages<CodesOf<'sync'>> = {
  'sync/read-only': {
    means: 'This checkout may not write to Linear for the change.',
    why: 'Branches hold different truths; only the branch that changes a change, and the default branch, may speak.',
    fix: 'Run opsx sync there. On your own branch, commit something in the directory of the change first.',
    example: `$ git switch add-dark-mode
$ opsx sync add-dark-mode`,
  },
  'sync/parked': {
    means: 'The change failed as often as it may, so opsx moves it no more.',
    why: 'Without a bound, a loop of fixes and failures would go on unseen.',
    fix: 'Let a person decide; approve and reset start the count again.',
    example: `$ opsx review approve add-dark-mode --reason "contrast is fine" --by Ada`,
  },
  'sync/uncommitted-verdict': {
    means: 'The verify report says FAIL and is not committed.',
    why: 'Only a committed FAIL counts a round, so that verifying again and again while you work uses none up.',
    fix: 'Commit the report if it is the verdict you stand by.',
    example: `$ git commit -m "Record the failed verification" -- openspec/changes/add-dark-mode`,
  },
  'sync/waits-for-merge': {
    means: 'The change is archived here, and the archive is not on the default branch yet.',
    why: 'The issue becomes Done when the archive is merged, not before.',
    fix: 'Merge, then run opsx sync on the default branch.',
    example: `$ git switch main && git pull
$ opsx sync add-dark-mode`,
  },
  'sync/foreign-description': {
    means: "Somebody edited opsx's section in the description of the issue.",
    why: 'opsx would overwrite what they wrote, so it shows the difference and leaves the section alone.',
    fix: 'Move the text below the last line of the section, or overwrite it on purpose.',
    example: `$ opsx sync add-dark-mode --force`,
  },
}
