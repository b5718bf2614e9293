import { defineFindings, type NoArgs } from './define-findings.ts'

export const SPEC = defineFindings({
  'spec/unreadable': {
    message: ({ reason }: { reason: string }) => `${reason}.`,
    fix: 'Repair the file. The other specs and changes were verified.',
  },
  'spec/no-purpose': {
    message: (_: NoArgs) => 'The spec has no "## Purpose" section with text.',
    fix: 'Add "## Purpose" with one or two sentences about what the capability is for.',
  },
  'spec/brief-purpose': {
    message: ({ length }: { length: number }) => `The Purpose has ${length} characters, fewer than 50.`,
    fix: 'Write one or two sentences about what the capability is for.',
  },
  'spec/placeholder-purpose': {
    message: (_: NoArgs) => 'The Purpose is still a placeholder.',
    fix: 'Write in the main spec what the capability is for.',
  },
  'spec/no-requirements': {
    message: (_: NoArgs) => 'The spec has no "## Requirements" section.',
    fix: 'Add "## Requirements" above the first requirement.',
  },
  'spec/empty-requirements': {
    message: (_: NoArgs) => 'The "## Requirements" section has no requirement.',
    fix: 'Add a "### Requirement: …" with a scenario, or remove the spec.',
  },
  'spec/no-text': {
    message: ({ requirement }: Named) =>
      `Requirement "${requirement}" has no text between its header and its scenarios.`,
    fix: 'Write what the system SHALL do below the header.',
  },
  'spec/no-keyword': {
    message: ({ requirement }: Named) =>
      `The text of requirement "${requirement}" contains neither SHALL nor MUST.`,
    fix: 'Use SHALL or MUST in the text below the header; the header does not count.',
  },
  'spec/no-scenario': {
    message: ({ requirement }: Named) => `Requirement "${requirement}" has no scenario.`,
    fix: 'Add "#### Scenario: …" with WHEN and THEN steps.',
  },
  'spec/duplicate': {
    message: ({ requirement, first }: Named & { first: number }) =>
      `Requirement "${requirement}" is already on line ${first}.`,
    fix: 'Rename one of them, or merge the two.',
  },
  'spec/outside-requirements': {
    message: ({ requirement }: Named) =>
      `Requirement "${requirement}" is outside the "## Requirements" section, so it is not read.`,
    fix: 'Move it into the "## Requirements" section.',
  },
  'spec/delta-header': {
    message: ({ header }: { header: string }) =>
      `"## ${header}" belongs in the delta spec of a change, not in a main spec.`,
    fix: 'Move the text below it into the "## Requirements" section, or into a change.',
  },
  'spec/stray-heading': {
    message: ({ heading }: { heading: string }) =>
      `OpenSpec reads the heading "${heading}" inside Requirements as a requirement without a scenario.`,
    fix: 'Make it "### Requirement: …", plain text, or a section after the requirements.',
  },
  'spec/odd-header': {
    message: ({ requirement }: Named) =>
      `The header of "${requirement}" is indented, lacks a space or has another number of #. It is not read as a requirement.`,
    fix: 'Write "### Requirement: …" at the start of the line.',
  },
  'spec/misread-fence': {
    message: (_: NoArgs) => 'From this line on, OpenSpec and Markdown disagree about what is a code block.',
    fix: 'Put each fence of the code block on its own line, without indentation.',
  },
  'spec/misread-comment': {
    message: (_: NoArgs) => 'This line is in a comment, but OpenSpec reads it as if it were not.',
    fix: 'Remove the commented lines; git keeps the old version.',
  },
  'spec/unclosed-fence': {
    message: (_: NoArgs) => 'This code block or comment is never closed, so the text below it is not read.',
    fix: 'Close a code block with the marks it opens with, and a comment with -->.',
  },
})

type Named = { requirement: string }
