/** The change of the demo: a build substrate that gets more checks than its spec promised. */
export const CHANGE = 'rust-build-substrate'

export const ISSUE_TITLE = 'Build every crate from one substrate'

export const PROPOSAL = `## Why

Each crate brings its own build recipe, so a new check has to be added once per crate and some are forgotten.
One substrate that derives the recipe from the workspace makes the check surface a single fact.

## What Changes

- One derivation builds all crates of the workspace and exposes their 14 checks. <!-- fig: checks=14 -->
- The test suite runs once for the workspace instead of once per crate.
- **BREAKING**: per-crate build files are removed.

## Capabilities

### New Capabilities

- \`rust-build-substrate\`: how crates are built and checked from one place.
- \`contributor-guide\`: what a new contributor has to know.

## Impact

Build files of every crate, the CI workflow, and the documentation for contributors.
`

export const TASKS = `## 1. Substrate

- [ ] 1.1 Derive the recipe from the workspace manifest
- [ ] 1.2 Expose the checks of every member, 14 checks in all <!-- fig: checks=14 -->

## 2. Migration

- [ ] 2.1 Remove the per-crate build files
- [ ] 2.2 Point CI at the substrate <!-- gate: tests.failed=0, eval_ratio<=2 -->
`

/** The delta spec; as first written it promised 14 checks and 911 tests. */
export function formatSpec(figures: { checks: number; passed: number }): string {
  return `## ADDED Requirements

### Requirement: One check surface

The substrate SHALL expose every check of the workspace under one attribute.

#### Scenario: Counting the checks

- **WHEN** the check surface is evaluated
- **THEN** it holds exactly ${figures.checks} checks <!-- fig: checks=${figures.checks} -->

### Requirement: One test run

The substrate MUST run the tests of all members in one go.

#### Scenario: Counting the tests

- **WHEN** the test suite runs
- **THEN** ${figures.passed} tests pass <!-- fig: tests.passed=${figures.passed} -->
`
}

/** The section of verify.md that the reviewer writes. */
export const CARRIED = `## Reviewer findings

- SUGGESTION (carried: five slow tests stay ignored until the runner has more memory): 938 tests are defined, 933 run
- SUGGESTION (carried: belongs to the next change): the names of the checks could be bound as well as their number
`

/** The Linear project whose documents mirror the specs. */
export const PROJECT = 'First project'

/** The second capability of the change. */
export const GUIDE_CAPABILITY = 'contributor-guide'

export const GUIDE = `## Purpose

What a contributor has to do so that a new crate is built and checked like every other one.

## ADDED Requirements

### Requirement: Adding a crate

A contributor SHALL add a crate by listing it in the workspace, and nowhere else.

#### Scenario: A new member

- **WHEN** a crate is added to the members of the workspace
- **THEN** its checks are in the check surface without another edit
`
