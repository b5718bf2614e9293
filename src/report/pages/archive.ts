import type { CodesOf, Pages } from './page.ts'

export const ARCHIVE_PAGES: Pages<CodesOf<'archive'>> = {
  'archive/not-verified': {
    means: 'The change is to be archived and has no verify report, or one without a decision.',
    why: 'The archive changes the main specs; what goes in there has to be checked first.',
    fix: 'Have the report written, commit it, then archive.',
    example: `$ opsx verify add-dark-mode --write
$ opsx archive add-dark-mode`,
  },
  'archive/verify-failed': {
    means: 'The verify report of the change says FAIL.',
    why: 'Something is known to be wrong, and the archive would make it the specification.',
    fix: 'Settle the critical findings and verify again.',
    example: `- [x] (fail) FAIL`,
  },
  'archive/rejected': {
    means: 'The report says PASS, and a person has rejected it, or the change was reopened after it.',
    why: 'A verdict that was taken back counts no more.',
    fix: 'Verify again; the new report has another digest.',
    example: `$ opsx ledger add-dark-mode
✓ 2026-06-12T08:00:00Z  posted  review → reject`,
  },
  'archive/target-exists': {
    means: 'The archive has a directory of this date and name already.',
    why: 'The change would have to be put into it, and files of the other one would be lost.',
    fix: 'Rename one of the two directories.',
    example: `openspec/changes/archive/2026-06-12-add-dark-mode/`,
  },
  'archive/figure-definition': {
    means:
      "A delta spec binds a figure of the change's own figures.yaml, which cannot be copied into openspec/figures.yaml.",
    why: 'Once the change is archived its definitions no longer count, and the spec would bind a figure that nobody defines.',
    fix: 'Move the definition by hand, or write both files with one entry below the other under figures.',
    example: `figures:
  checks: { measure: { run: "./list-checks", parse: lines } }`,
  },
  'archive/interrupted': {
    means: 'An earlier archive was killed before its end. This run has finished it, or taken it back.',
    why: 'It is taken back when somebody edited one of its files since, so that nothing of theirs is overwritten.',
    fix: 'Look at what git says, and archive the change again when it was rolled back.',
    example: `$ git status --short
$ opsx archive add-dark-mode`,
  },
  'archive/superseded': {
    means: 'A requirement that this change touches was touched again by a change that was archived later.',
    why: 'The delta of this change still has the older text, and archiving it again would bring that back.',
    fix: 'Copy the requirement from the main spec into the delta, then make your change to it.',
    example: `openspec/changes/archive/2026-06-12-add-dark-mode   the reopened one
openspec/changes/archive/2026-07-01-follow-system   replaced "Dark mode" since`,
  },
  'archive/spec-drift': {
    means: 'Folding all archived changes gives another text than the main spec has.',
    why: 'Somebody edited the spec outside a change, or an archive by another tool lost something.',
    fix: 'See which requirement differs and since which change, then repair the spec or propose the difference.',
    example: `$ opsx ledger audit`,
  },
}

export const MIRROR_PAGES: Pages<CodesOf<'mirror'>> = {
  'mirror/foreign-edit': {
    means: 'A project document that mirrors a spec was edited by somebody else.',
    why: 'An update replaces all of its text, so their words would be gone.',
    fix: 'Take them into the spec by a change, or overwrite the document on purpose.',
    example: `$ opsx sync add-dark-mode --force`,
  },
  'mirror/unresolved-comments': {
    means: 'A project document that mirrors a spec has comments that nobody has resolved.',
    why: 'An update replaces all of its text, and comments lose the place that they are about.',
    fix: 'Resolve them, or overwrite the document on purpose.',
    example: `$ opsx sync add-dark-mode --force`,
  },
  'mirror/not-written': {
    means: 'The specs of an archived change have no place on the board.',
    why: 'No project is bound, it is not registered, or Linear does not show it to this key.',
    fix: 'Bind a project before the next archive. The issue is Done in any case.',
    example: `$ opsx bind add-dark-mode CAM-15 --project build-performance`,
  },
  'mirror/behind': {
    means: 'The change is archived and Done, and its specs did not reach the project documents.',
    why: 'A failed mirror does not hold back Done, so somebody has to remember it.',
    fix: 'Sync again; with --force where somebody else edited a document.',
    example: `$ opsx sync add-dark-mode`,
  },
}
