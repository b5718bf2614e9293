import type { CodesOf, Pages } from './page.ts'

/** About main specs; the last three are about deltas too. */
export const SPEC_PAGES: Pages<CodesOf<'spec'>> = {
  'spec/unreadable': {
    means: 'The file of a main spec cannot be read: no permission, not UTF-8, or a broken link.',
    why: 'Neither the spec nor a change that touches it can be verified; the others are.',
    fix: 'Repair the file that the message names.',
    example: `$ file openspec/specs/theme/spec.md
spec.md: ISO-8859 text
$ iconv -f latin1 -t utf-8 spec.md > t && mv t spec.md`,
  },
  'spec/no-purpose': {
    means: 'The main spec has no "## Purpose" with text in it.',
    why: 'OpenSpec refuses such a spec, and readers do not learn what the capability is for.',
    fix: 'Add the section, with a sentence or two.',
    example: `## Purpose
Lets the reader choose between light and dark, and remembers the choice.`,
  },
  'spec/brief-purpose': {
    means: 'The Purpose has fewer than 50 characters.',
    why: 'That is too short to say what the capability is for; OpenSpec warns as well.',
    fix: 'Say it in a sentence or two.',
    example: `## Purpose
Lets the reader choose between light and dark, and remembers the choice.`,
  },
  'spec/placeholder-purpose': {
    means: 'The Purpose is TBD, TODO, or the sentence that an archive writes for a new capability.',
    why: 'Nobody has said yet what the capability is for.',
    fix: 'Write it in the main spec; the next archive does not do it for you.',
    example: `## Purpose
TBD - created by archiving change add-dark-mode. Update Purpose after archive.`,
  },
  'spec/no-requirements': {
    means: 'The main spec has no "## Requirements" section.',
    why: 'Requirements are read and merged only in that section.',
    fix: 'Add the header above the first requirement.',
    example: `## Requirements

### Requirement: Dark mode`,
  },
  'spec/empty-requirements': {
    means: 'The section "## Requirements" holds no requirement.',
    why: 'A capability without a requirement promises nothing; OpenSpec refuses it.',
    fix: 'Add a requirement with a scenario, or remove the spec.',
    example: `## Requirements

### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.`,
  },
  'spec/no-text': {
    means: 'A requirement has no text between its header and its first scenario.',
    why: 'The header is only a name; what the system promises stands below it.',
    fix: 'Write what the system SHALL do.',
    example: `### Requirement: Dark mode
The reader SHALL be able to switch to dark colours.`,
  },
  'spec/no-keyword': {
    means: 'The text of a requirement says neither SHALL nor MUST, in capitals.',
    why: 'Without the word it is not clear whether this is a promise or a description.',
    fix: 'Say it with SHALL or MUST, below the header.',
    example: `The reader can switch to dark colours.                   as it is
The reader SHALL be able to switch to dark colours.    as it should be`,
  },
  'spec/no-scenario': {
    means: 'A requirement has no scenario with text in it.',
    why: 'A scenario is what can be checked; OpenSpec refuses a requirement without one.',
    fix: 'Add a scenario at four # with its steps.',
    example: `#### Scenario: Switching
- **WHEN** the reader chooses dark
- **THEN** the page is shown in dark colours`,
  },
  'spec/duplicate': {
    means: 'Two requirements of the spec have one name; Unicode forms of a letter count as the same.',
    why: 'A delta names requirements by name, so it is not clear which of the two it would change.',
    fix: 'Rename one of them, or make the two one.',
    example: `### Requirement: Dark mode
### Requirement: Dark mode`,
  },
  'spec/outside-requirements': {
    means: 'A requirement header stands before or after the section "## Requirements".',
    why: 'It looks like a requirement and is read by nobody; no archive can merge into such a spec.',
    fix: 'Move it into the section.',
    example: `## Notes
### Requirement: Dark mode    is not read here`,
  },
  'spec/delta-header': {
    means: 'A main spec has the header of a delta, such as "## ADDED Requirements".',
    why: 'A main spec says how things are, a delta what changes; requirements below that header are not read.',
    fix: 'Move them under "## Requirements", or into a change.',
    example: `openspec/specs/theme/spec.md:                        ## Requirements
openspec/changes/add-dark-mode/specs/theme/spec.md:  ## ADDED Requirements`,
  },
  'spec/stray-heading': {
    means: 'A heading inside Requirements is no requirement.',
    why: 'OpenSpec takes it for a requirement without a scenario, and text below it can be lost in an archive.',
    fix: 'Make it a requirement, plain text, or a section of its own after the requirements.',
    example: `## Requirements
### Notes        read as a requirement`,
  },
  'spec/odd-header': {
    means: 'A requirement header is indented by one to three spaces, or lacks the space behind its ###.',
    why: 'Some readers see a requirement there and others do not, so it is merged by one and lost by another.',
    fix: 'Write the header from the first column on, with one space.',
    example: `  ### Requirement: Dark mode    as it is
###Requirement: Dark mode       as it is
### Requirement: Dark mode      as it should be`,
  },
  'spec/misread-fence': {
    means: 'From this line on, OpenSpec takes another part of the file for code than Markdown does.',
    why: 'An archive by OpenSpec would drop requirements below, or not see an operation of the delta.',
    fix: 'Put each fence on a line of its own at column 0, outside lists, and close it.',
    example: '``` is printed ```    OpenSpec reads an opening fence here',
  },
  'spec/misread-comment': {
    means: 'A requirement, section or operation stands in an HTML comment.',
    why: 'OpenSpec reads it as if it were not commented out, and an archive would merge it.',
    fix: 'Remove the commented lines; git remembers them.',
    example: `<!--
### Requirement: Old dark mode
-->`,
  },
  'spec/unclosed-fence': {
    means: 'A code block is opened and never closed.',
    why: 'Everything below it is code, so the requirements there are not read.',
    fix: 'Close it with the same marks, at least as many as it opens with.',
    example: `\`\`\`sh
npm test
\`\`\``,
  },
}
