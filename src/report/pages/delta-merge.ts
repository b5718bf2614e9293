import type { CodesOf, Pages } from './page.ts'

/** Why a delta spec cannot be merged into the main spec as it is today. */
export const DELTA_MERGE_PAGES = {
  'delta/capability-typo': {
    means: 'There is no capability of this name, and one whose name differs by a single letter.',
    why: 'The archive would create a second capability beside the one that was meant.',
    fix: 'Rename the directory, or give a really new capability a name that differs more.',
    example: `openspec/specs/theme/spec.md
openspec/changes/add-dark-mode/specs/themes/spec.md`,
  },
  'delta/no-base': {
    means: 'MODIFIED, REMOVED or RENAMED is used for a capability that has no main spec.',
    why: 'There is nothing to modify, remove or rename; only ADDED can start a capability.',
    fix: 'Use ADDED, or correct the name of the directory.',
    example: `# specs/theme/spec.md of the change, no openspec/specs/theme yet
## ADDED Requirements`,
  },
  'delta/broken-base': {
    means:
      'The main spec has duplicate names, headers of a delta, requirements outside its section, or no such section.',
    why: 'Nothing can be merged into it without guessing.',
    fix: 'Repair the main spec first, in a change or a commit of its own.',
    example: `$ opsx explain spec/duplicate`,
  },
  'delta/not-found': {
    means: 'MODIFIED, REMOVED or RENAMED names a requirement that the main spec does not have.',
    why: 'OpenSpec refuses the archive, or drops a REMOVED with only a warning.',
    fix: 'Copy the name from the main spec, letter by letter. Case and spaces count.',
    example: `## MODIFIED Requirements
### Requirement: Dark Mode    the main spec has "Dark mode"`,
  },
  'delta/exists': {
    means: 'An ADDED requirement is in the main spec already, with another text.',
    why: 'OpenSpec refuses the archive, because two requirements would have one name.',
    fix: 'Use MODIFIED to change it, or choose another name.',
    example: `## MODIFIED Requirements
### Requirement: Dark mode`,
  },
  'delta/near-name': {
    means:
      'ADDED or RENAMED would make a name that another requirement has, exactly or but for case and spaces.',
    why: 'Two requirements of nearly one name are nearly always one requirement, misspelt.',
    fix: 'Use MODIFIED with the exact name, or choose a name that differs.',
    example: `openspec/specs/theme/spec.md:  ### Requirement: Dark mode
the delta:                     ### Requirement: Dark  Mode`,
  },
  'delta/other-spelling': {
    means: 'A name is in the main spec in another Unicode form, such as é as one character or as two.',
    why: 'The two look alike, opsx takes them for one, and OpenSpec takes them for different.',
    fix: 'Copy the name from the main spec.',
    example: `### Requirement: Café hours    é is one character here
### Requirement: Café hours    and e with an accent here`,
  },
  'delta/drops-scenario': {
    means: 'A MODIFIED requirement lacks a scenario that the main spec has.',
    why: 'MODIFIED replaces the whole requirement, so the scenario would be gone.',
    fix: 'Copy the scenario into the block. Mark one that has a new name.',
    example: `#### Scenario: Switching by key
<!-- renamed-from: Switching -->
- **WHEN** the reader presses D`,
  },
  'delta/unknown-scenario': {
    means: 'A renamed-from comment names a scenario that the main spec does not have.',
    why: 'The scenario that it was meant for would be dropped.',
    fix: 'Copy the old name from the main spec, or remove the comment.',
    example: `#### Scenario: Switching by key
<!-- renamed-from: Switching -->`,
  },
  'delta/drops-text': {
    means:
      'The requirement holds a table, quote, code, note or heading in the main spec that the merge would drop.',
    why: 'MODIFIED and REMOVED act on the whole text under the header, whatever it is.',
    fix: 'Take the text into the block, or move it out of the requirement in the main spec.',
    example: `### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.

| colour | contrast |    is not in the MODIFIED block`,
  },
  'delta/empties-spec': {
    means: 'No requirement of the capability would be left after the merge.',
    why: 'That ends the capability and deletes its spec, which has to be meant.',
    fix: 'Say so in .openspec.yaml, or keep a requirement.',
    example: `# openspec/changes/drop-theme/.openspec.yaml
schema: spec-driven
retire_capabilities: true`,
  },
  'delta/lost-text': {
    means: 'A merge would lose a line of the main spec that no operation of the delta changes or removes.',
    why: 'This is the last check, made without knowing how the merge works: nothing is lost without being named.',
    fix: 'Move the line to a place of its own in the main spec, or take it into the delta.',
    example: `### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.
## Notes
See also docs/colours.md.    neither changed nor removed by the delta`,
  },
} satisfies Partial<Pages<CodesOf<'delta'>>>
