import { onTestFinished } from 'vitest'
import { type Ran, type RunOptions, runOpsx } from '../support/cli.ts'
import { createRepository, type Files, type Repository } from '../support/git-repository.ts'
import { CHANGE, DIRECTORY } from '../support/scenario.ts'

export { CHANGE, DIRECTORY }
export const MAIN_SPEC = 'openspec/specs/theme/spec.md'
export const DELTA = `${DIRECTORY}/specs/theme/spec.md`
export const TASKS = `${DIRECTORY}/tasks.md`
export const DESIGN = `${DIRECTORY}/design.md`
export const CODE = 'src/theme.ts'

export const DONE = '## 1. Theme\n\n- [x] 1.1 Add the theme\n- [x] 1.2 Add the switch\n'
export const OPEN = '## 1. Theme\n\n- [x] 1.1 Add the theme\n- [ ] 1.2 Add the switch\n'

export const PROPOSAL_BODY = `## Why

People read at night and the white page hurts their eyes; they ask for a dark one every week.

## What Changes

- The theme can be dark.

## Capabilities

### Modified Capabilities

- \`theme\`: a dark palette beside the light one.

## Impact

Settings page.
`

const DESIGN_TEXT = `## Context

The palette is one object.

## Goals / Non-Goals

Dark; no third palette.

## Decisions

### D1: One switch

One switch, because two states need no list.

## Risks / Trade-offs

None worth a line.
`

export function scenario(name: string, then = 'the page is dark'): string {
  return `#### Scenario: ${name}\n\n- **WHEN** the person chooses dark\n- **THEN** ${then}\n`
}

export function requirement(name: string, ...scenarios: string[]): string {
  const body = scenarios.length > 0 ? scenarios : [scenario('Chosen')]
  return `### Requirement: ${name}\n\nThe page SHALL follow the palette.\n\n${body.join('\n')}\n`
}

export function mainSpec(...requirements: string[]): string {
  const purpose = 'It decides which colours a page has, and it remembers what a person chose.'
  return `# theme Specification\n\n## Purpose\n\n${purpose}\n\n## Requirements\n\n${requirements.join('\n')}`
}

export const TWO_SCENARIOS = [scenario('Chosen', 'the page is light'), scenario('Remembered')] as const

/** What is on main before the change: a main spec with two requirements, and code. */
export const BASE: Files = {
  'openspec/config.yaml': 'schema: spec-driven\n',
  'openspec/changes/archive/.gitkeep': '',
  [MAIN_SPEC]: mainSpec(requirement('Palette', ...TWO_SCENARIOS), requirement('Contrast')),
  [CODE]: 'export const light = 1\n',
}

export interface ChangeParts {
  name?: string
  tasks?: string
  delta?: string
  /** With its fences. */
  frontmatter?: string
}

/** A change that passes: every artifact there and valid. */
export function changeOf({ name = CHANGE, tasks = DONE, delta, frontmatter = '' }: ChangeParts = {}): Files {
  const directory = `openspec/changes/${name}`
  const [, remembered] = TWO_SCENARIOS
  return {
    [`${directory}/proposal.md`]: `${frontmatter}${PROPOSAL_BODY}`,
    [`${directory}/design.md`]: DESIGN_TEXT,
    [`${directory}/tasks.md`]: tasks,
    [`${directory}/specs/theme/spec.md`]:
      delta ?? `## MODIFIED Requirements\n\n${requirement('Palette', scenario('Chosen'), remembered)}`,
  }
}

export interface Subject {
  repository: Repository
  /** Runs opsx in the repository, with nothing in its environment but `options.env`. */
  opsx(args: string[], options?: Partial<RunOptions>): Promise<Ran>
}

export function subjectIn(repository: Repository): Subject {
  return { repository, opsx: (args, options) => runOpsx(args, { cwd: repository.path, ...options }) }
}

/** Main has `BASE` and `more`; nothing else is committed. */
export function createBase(more: Files = {}): Subject {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  repository.commit('Begin', { ...BASE, ...more })
  return subjectIn(repository)
}

/** A branch `feature` with the change and the code it asks for, committed. */
export function createFeature(files: Files = changeOf(), base: Files = {}): Subject {
  const subject = createBase(base)
  subject.repository.branch('feature')
  subject.repository.commit('Work', { ...files, [CODE]: 'export const dark = 1\n' })
  return subject
}

/** `severity code` of each finding that is not info, in the document's order. */
export function reported(ran: Ran): string[] {
  return ran
    .json()
    .findings.filter(({ severity }: { severity: string }) => severity !== 'info')
    .map(({ severity, code }: { severity: string; code: string }) => `${severity} ${code}`)
}
