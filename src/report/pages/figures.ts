import type { CodesOf, Pages } from './page.ts'

export const FIGURE_PAGES: Pages<CodesOf<'figure'> | CodesOf<'gate'>> = {
  'figure/drift': {
    means: 'A number in a text is bound to a figure, and another value was measured.',
    why: 'A spec that states a value nobody measures any more is worse than one that states none.',
    fix: 'Find out whether the text or the implementation is wrong, then reconcile the text or measure again.',
    example: `- **THEN** it holds exactly 14 checks <!-- fig: checks=14 -->     measured: 27
$ opsx figures reconcile add-dark-mode --write`,
  },
  'figure/budget': {
    means: 'A measured value breaks its budget, or a limit that a text binds.',
    why: 'A budget is a promise; the measurement shows that it is not kept.',
    fix: 'Bring the value back and measure again, or change the budget with a reason in the design.',
    example: `cold_start:
  budget: "<= 250"          measured: 312 ms`,
  },
  'figure/near-budget': {
    means: 'A measured value is within five percent of its budget.',
    why: 'The next small change breaks it, and then nobody knows which of many it was.',
    fix: 'Nothing to do now; keep an eye on it.',
    example: `eval_ratio: 1.96 under a budget of 2`,
  },
  'figure/unknown': {
    means: 'A binding, a gate or a claim names a figure that is not defined.',
    why: 'Nothing is compared, although the line looks as if it were.',
    fix: 'Correct the name, or define the figure in openspec/figures.yaml.',
    example: `The suite passes 933 tests. <!-- fig: test.passed=933 -->     meant: tests.passed`,
  },
  'figure/mismatch': {
    means: 'The number on the line is not the one in its binding, or no such number is on the line.',
    why: 'One side was edited alone, and nobody can tell which of the two is meant.',
    fix: 'Make both say the same.',
    example: `it holds exactly 27 checks <!-- fig: checks=26 -->`,
  },
  'figure/former-value': {
    means: "An unbound number beside a figure's noun is a value that the figure had before.",
    why: 'It is most likely a line that was forgotten when the value changed.',
    fix: 'Correct the number, or bind the line, as a claim or as history.',
    example: `The gate is green on all 14 checks.
The surface entered at 14. <!-- fig: checks was 14 -->`,
  },
  'figure/stale': {
    means: 'The inputs or the command of a figure changed after it was measured.',
    why: 'Its value may be wrong, so it is neither a drift nor a pass.',
    fix: 'Measure the figure again and commit the lock.',
    example: `$ opsx figures measure checks`,
  },
  'figure/unmeasured': {
    means: 'A text binds a figure that has no value yet.',
    why: 'The claim cannot be checked.',
    fix: 'Measure the figure and commit the lock.',
    example: `$ opsx figures measure checks`,
  },
  'figure/header': {
    means: 'A requirement or scenario header holds the value of a figure.',
    why: 'Headers are the keys by which archiving merges; a value in one cannot be changed without a rename.',
    fix: 'Move the number into the body of the requirement.',
    example: `### Requirement: Surface held at 14 checks     as it is
### Requirement: One check surface             as it should be`,
  },
  'figure/conflict': {
    means: 'Two current specs state different exact values for one figure.',
    why: 'Both cannot be true, whatever is measured.',
    fix: 'Correct the one that is wrong.',
    example: `specs/build/spec.md:12   27 checks <!-- fig: checks=27 -->
specs/ci/spec.md:40      26 checks <!-- fig: checks=26 -->`,
  },
  'figure/no-inputs': {
    means: 'A bound figure does not say which files its value depends on.',
    why: 'Without inputs a value never counts as out of date, however old it is.',
    fix: 'Add inputs to its definition.',
    example: `checks:
  inputs: [flake.nix, "modules/**/*.nix"]`,
  },
  'figure/claim': {
    means: 'A pattern under claims matches nothing, or more than once.',
    why: 'It must name one number in one file, or nothing is compared.',
    fix: 'Change the pattern so that it matches exactly once.',
    example: `claims:
  - { file: badge.json, pattern: '"message": "(\\\\d+) tests"', figure: tests.passed }`,
  },
  'figure/malformed': {
    means: 'A comment begins with fig: and does not go on as a binding.',
    why: 'The line is not compared, although it looks as if it were.',
    fix: 'Correct the comment.',
    example: `<!-- fig: checks 26 -->     as it is
<!-- fig: checks=26 -->     as it should be`,
  },
  'figure/none-defined': {
    means: 'A text holds a fig: or gate: comment, and the repository has no openspec/figures.yaml.',
    why: 'Nothing is compared, although the line looks as if it were.',
    fix: 'Write openspec/figures.yaml with the figures that are meant.',
    example: `figures:
  checks: { measure: { run: "./list-checks", parse: lines }, inputs: ["checks/**"] }`,
  },
  'figure/definition': {
    means:
      'openspec/figures.yaml, or the overlay of a change, cannot be read or defines something impossible.',
    why: 'What it defines cannot be measured or compared.',
    fix: 'Correct the file at the line that is named.',
    example: `tests:
  derive: { defined: "passed + failled" }     meant: failed`,
  },
  'figure/lock': {
    means: 'openspec/figures.lock.json cannot be read, most often because of a merge conflict.',
    why: 'Without values nothing can be compared.',
    fix: 'Settle the conflict with opsx figures resolve, or restore the file.',
    example: `$ opsx figures resolve
$ opsx figures measure`,
  },
  'gate/unmet': {
    means: 'A task is ticked although the condition on its line does not hold.',
    why: 'The tick claims a result that the measurement denies.',
    fix: 'Reach the result and measure again, or take the tick back.',
    example: `- [x] 3.4 All gates green <!-- gate: tests.failed=0 -->     measured: 2`,
  },
  'gate/unjudged': {
    means: 'A task is ticked, and what its condition rests on is not measured or out of date.',
    why: 'Nobody can say whether the tick is deserved.',
    fix: 'Measure the figures of the condition.',
    example: `$ opsx figures measure tests`,
  },
  'gate/malformed': {
    means: 'The gate comment of a task is no list of conditions.',
    why: 'It guards nothing, although it looks as if it did.',
    fix: 'Correct the comment.',
    example: `- [ ] 3.4 All gates green <!-- gate: tests.failed=0, eval_ratio<=2 -->`,
  },
}
