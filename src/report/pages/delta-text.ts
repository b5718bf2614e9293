import type { CodesOf, Pages } from './page.ts'

/** What a delta spec has to look like, whatever it is merged into. */
export const DELTA_TEXT_PAGES = {
  'delta/none': {
    means: 'No delta spec of the change holds an operation.',
    why: 'Archiving the change would leave every main spec as it is.',
    fix: 'Write a delta spec, or say on purpose that the change has none.',
    example: `# openspec/changes/add-dark-mode/.openspec.yaml
schema: spec-driven
skip_specs: true`,
  },
  'delta/no-sections': {
    means: 'The delta spec has no ADDED, MODIFIED, REMOVED or RENAMED section.',
    why: 'Requirements outside these sections are not merged.',
    fix: 'Put the requirements under the section that says what happens to them.',
    example: `## ADDED Requirements

### Requirement: Dark mode`,
  },
  'delta/no-entries': {
    means: 'The delta spec has sections, and nothing in them can be merged.',
    why: 'An entry is found by its header alone; other text is passed over.',
    fix: 'Write each entry with its header, and a rename as two lines.',
    example: `## RENAMED Requirements
- FROM: \`### Requirement: Dark theme\`
- TO: \`### Requirement: Dark mode\``,
  },
  'delta/misplaced': {
    means: 'A file under specs/ of the change is not at specs/<capability>/spec.md.',
    why: 'No reader looks there, so the change would be archived without it.',
    fix: 'Move it to the path that the message names.',
    example: `specs/theme.md          as it is
specs/theme/spec.md     as it should be`,
  },
  'delta/metadata': {
    means:
      '.openspec.yaml cannot be read, or a flag in it is neither true nor false or stands there without a schema.',
    why: 'opsx cannot tell whether the change may go without specs or end a capability.',
    fix: 'Correct the file.',
    example: `schema: spec-driven
retire_capabilities: true`,
  },
  'delta/skip-specs': {
    means: '.openspec.yaml says skip_specs: true, and the change has files under specs/ all the same.',
    why: 'One of the two is left over, and it is not clear whether the specs are to be merged.',
    fix: 'Remove the line, or the files.',
    example: `schema: spec-driven
skip_specs: true    remove this, if the specs count`,
  },
  'delta/misspelt-section': {
    means: 'A heading looks like one of the four sections and is not read as one.',
    why: 'Everything below it is passed over without a word from OpenSpec.',
    fix: 'Write the header exactly, with two # and without a colon.',
    example: `## REMOVED Requirements:    as it is
## REMOVED Requirements     as it should be`,
  },
  'delta/outside-section': {
    means: 'A requirement stands under none of the four sections.',
    why: 'It is not merged.',
    fix: 'Move it under the section that says what happens to it.',
    example: `## Notes
### Requirement: Dark mode    is not merged from here`,
  },
  'delta/stray-heading': {
    means: 'A heading inside a section is neither a requirement nor a scenario.',
    why: 'The requirement above it takes it in with all text below, or it is passed over.',
    fix: 'Make it a requirement or a scenario, or move the text to the design.',
    example: `### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.
### Notes                     is taken in`,
  },
  'delta/odd-header': {
    means: 'A requirement header is indented by one to three spaces, or lacks the space behind its ###.',
    why: 'Some readers see a requirement there, others text of the one above, so what is merged depends on the reader.',
    fix: 'Write the header from the first column on, with one space.',
    example: `  ### Requirement: Dark mode    as it is
###Requirement: Dark mode       as it is
### Requirement: Dark mode      as it should be`,
  },
  'delta/loose-text': {
    means: 'Text stands between the header of a section and its first requirement.',
    why: 'No merge carries it over, so the archive loses it.',
    fix: 'Move it into a requirement, or to the proposal or design.',
    example: `## ADDED Requirements
These come from the survey of May.    reaches no main spec
### Requirement: Dark mode`,
  },
  'delta/no-text': {
    means: 'An ADDED or MODIFIED requirement has no text between its header and its first scenario.',
    why: 'The header is only a name; OpenSpec refuses a requirement that promises nothing.',
    fix: 'Write what the system SHALL do.',
    example: `### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.`,
  },
  'delta/no-keyword': {
    means: 'The text of an ADDED or MODIFIED requirement says neither SHALL nor MUST, in capitals.',
    why: 'Without the word it is not clear whether this is a promise or a description.',
    fix: 'Say it with SHALL or MUST, below the header.',
    example: `The reader can switch to dark colours.                   as it is
The reader SHALL be able to switch to dark colours.    as it should be`,
  },
  'delta/no-scenario': {
    means: 'An ADDED or MODIFIED requirement has no scenario with text in it.',
    why: 'A scenario is what can be checked; OpenSpec refuses a requirement without one.',
    fix: 'Add a scenario at four # with its steps.',
    example: `#### Scenario: Switching
- **WHEN** the reader chooses dark
- **THEN** the page is shown in dark colours`,
  },
  'delta/duplicate': {
    means: 'One kind of operation names the same requirement twice.',
    why: 'Only one of the two could hold after the merge, so it is refused.',
    fix: 'Keep one of them.',
    example: `## MODIFIED Requirements
### Requirement: Dark mode
### Requirement: Dark mode`,
  },
  'delta/conflict': {
    means: 'One requirement stands in two sections that exclude each other, such as ADDED and REMOVED.',
    why: 'The result would depend on the order of the merge.',
    fix: 'Keep one of the two. A requirement that is renamed and changed stands in MODIFIED under its new name.',
    example: `## RENAMED Requirements
- FROM: \`### Requirement: Dark theme\`
- TO: \`### Requirement: Dark mode\`

## MODIFIED Requirements
### Requirement: Dark mode`,
  },
  'delta/unpaired-rename': {
    means: 'A FROM: line has no TO: line, or a TO: line no FROM: line.',
    why: 'It is not clear what is renamed to what, and OpenSpec refuses it.',
    fix: 'Write each rename as two lines.',
    example: `- FROM: \`### Requirement: Dark theme\`
- TO: \`### Requirement: Dark mode\``,
  },
} satisfies Partial<Pages<CodesOf<'delta'>>>
