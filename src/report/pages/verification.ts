import type { CodesOf, Pages } from './page.ts'

/** About the verify report and the work it is about. */
export const VERIFICATION_PAGES: Pages<CodesOf<'verify' | 'implementation' | 'review'>> = {
  'verify/several-decisions': {
    means: 'More than one decision of the verify report is ticked, or is stated in its text.',
    why: 'The report contradicts itself; opsx takes the worst, so that no FAIL is overlooked.',
    fix: 'Leave exactly one box ticked.',
    example: `## Overall Decision
- [x] (pass) PASS
- [ ] (warn) PASS WITH WARNINGS
- [ ] (fail) FAIL`,
  },
  'verify/unfilled': {
    means: 'There is a verify report, and it states no decision.',
    why: 'An unfilled template is no milestone: the change stays In Progress.',
    fix: 'Write the report with opsx verify --write, or remove the file until there is a verdict.',
    example: `- [ ] (pass) PASS
- [ ] (warn) PASS WITH WARNINGS
- [ ] (fail) FAIL`,
  },
  'verify/stale': {
    means: 'The report says PASS about other artifacts, or other code, than those of today.',
    why: 'What is archived next is not what was verified. Squash, rebase and a shallow clone make nothing stale.',
    fix: 'Verify again, and commit the new report.',
    example: `$ opsx verify add-dark-mode --write
$ git commit -m "Verify again" -- openspec/changes/add-dark-mode`,
  },
  'verify/cannot-compare': {
    means:
      'Findings are to be compared with a branch, and the clone does not hold the commit where both parted.',
    why: 'What stood there before is no new fault, and opsx cannot tell it from what is new: the findings fail the run only with --strict.',
    fix: 'Fetch the whole history.',
    example: `- uses: actions/checkout@v4
  with: { fetch-depth: 0 }`,
  },
  'implementation/no-tick': {
    means: 'No task of the change is ticked.',
    why: 'There is nothing to verify yet; it is only an info until verify.md claims a pass.',
    fix: 'Do the first task and tick it.',
    example: `$ opsx task check add-dark-mode 1.1`,
  },
  'implementation/no-commit': {
    means:
      'There is no commit of its own: none since the merge base, or none since the one that added the change.',
    why: 'A verdict is about commits, and there is none that it could be about.',
    fix: 'Commit the work on the branch of the change.',
    example: `$ git log --oneline main..HEAD
$ git commit -m "Add the dark palette"`,
  },
  'implementation/shallow': {
    means: 'The clone does not reach back to where the branch began.',
    why: 'opsx cannot tell which commits belong to the change, so it does not ask for one.',
    fix: 'Fetch the whole history.',
    example: `- uses: actions/checkout@v4
  with: { fetch-depth: 0 }`,
  },
  'implementation/uncommitted': {
    means: 'Files of the repository differ from what is committed, or are not known to git.',
    why: 'Nobody else can see what the verdict would be about.',
    fix: 'Commit them, or ignore what does not belong into the repository. The verify report itself does not count.',
    example: `$ git status --short
 M src/theme.ts
?? notes.txt`,
  },
  'implementation/deferred-check': {
    means:
      'plan.md defers a manual check with [~], and section 7 of the verify report names no test that stands for it.',
    why: 'A check that nobody did and nothing replaces is a gap in the verification.',
    fix: 'Name the automated test in the table of section 7, or do the check and tick it.',
    example: `| Deferred manual check | Equivalent test |
|---|---|
| Print a page in dark mode | test/print.test.ts |`,
  },
  'implementation/front-door': {
    means: 'A Markdown file stands in docs/superpowers/specs/, beside openspec/.',
    why: 'A spec there goes around proposal, review and archive; the report mentions it and no change fails for it.',
    fix: 'Move what it says into a change, then delete it.',
    example: `docs/superpowers/specs/theme.md
$ opsx new add-dark-mode`,
  },
  'review/finding': {
    means: 'A person wrote this finding into the section "## Reviewer findings" of the verify report.',
    why: 'What reviewers find counts towards the decision like any other finding, and opsx keeps their text as it is.',
    fix: 'Do what it asks for, then remove the line, or let the reviewer lower it.',
    example: `## Reviewer findings
- WARNING: the focus ring is hard to see on dark`,
  },
}
