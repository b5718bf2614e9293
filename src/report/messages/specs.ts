import type { SpecFindingArgs } from '../../findings/codes/specs.ts'
import type { Messages } from './message.ts'

export const SPEC_MESSAGES: Messages<keyof SpecFindingArgs> = {
  'spec/unreadable': {
    says: ({ reason }) => `${reason}.`,
    fix: () => 'Repair the file; the other specs and changes were verified.',
  },
  'spec/no-purpose': {
    says: () => 'The spec has no Purpose.',
    fix: () => 'Add "## Purpose" with a sentence or two about what the capability is for.',
  },
  'spec/brief-purpose': {
    says: ({ length }) => `The Purpose has ${length} characters, fewer than 50.`,
    fix: () => 'Say in a sentence or two what the capability is for.',
  },
  'spec/placeholder-purpose': {
    says: () => 'The Purpose is still a placeholder.',
    fix: () => 'Write here, in the main spec, what the capability is for.',
  },
  'spec/no-requirements': {
    says: () => 'The spec has no "## Requirements" section.',
    fix: () => 'Add "## Requirements" above the first requirement.',
  },
  'spec/empty-requirements': {
    says: () => 'No requirement stands under "## Requirements".',
    fix: () => 'Add a "### Requirement: …" with a scenario, or remove the spec.',
  },
  'spec/no-text': {
    says: ({ requirement }) =>
      `Requirement "${requirement}" says nothing between its header and its scenarios.`,
    fix: () => 'Write what the system SHALL do below the header.',
  },
  'spec/no-keyword': {
    says: ({ requirement }) => `Requirement "${requirement}" says neither SHALL nor MUST in its text.`,
    fix: () => 'Say it with SHALL or MUST below the header; the header does not count.',
  },
  'spec/no-scenario': {
    says: ({ requirement }) => `Requirement "${requirement}" has no scenario.`,
    fix: () => 'Add "#### Scenario: …" with WHEN and THEN steps.',
  },
  'spec/duplicate': {
    says: ({ requirement, first }) => `Requirement "${requirement}" is already on line ${first}.`,
    fix: () => 'Give it another name, or make the two one.',
  },
  'spec/outside-requirements': {
    says: ({ requirement }) =>
      `Requirement "${requirement}" stands outside "## Requirements" and is not read.`,
    fix: () => 'Move it under "## Requirements".',
  },
  'spec/delta-header': {
    says: ({ header }) => `"## ${header}" belongs in the delta of a change, not in a main spec.`,
    fix: () => 'Move what stands below it under "## Requirements", or into a change.',
  },
  'spec/stray-heading': {
    says: ({ heading }) =>
      `The heading "${heading}" inside Requirements is read as a requirement without a scenario.`,
    fix: () => 'Make it "### Requirement: …", plain text, or a section of its own after the requirements.',
  },
  'spec/odd-header': {
    says: ({ requirement }) =>
      `The header of requirement "${requirement}" is indented, lacks a space or has another number of #, so it is read as no requirement.`,
    fix: () => 'Write "### Requirement: …" from the first column on.',
  },
  'spec/misread-fence': {
    says: () => 'OpenSpec takes another part of this file for code than Markdown does, from this line on.',
    fix: () => 'Give the code block lines of its own, with the fence at column 0.',
  },
  'spec/misread-comment': {
    says: () => 'This line is in a comment, and OpenSpec reads it as if it were not.',
    fix: () => 'Remove the commented lines; git remembers them.',
  },
  'spec/unclosed-fence': {
    says: () => 'This code block or comment is never closed, so everything below it is hidden.',
    fix: () => 'Close it: a code block with the marks it opens with, a comment with -->.',
  },
  'delta/none': {
    says: () => 'The change has no delta: no spec under specs/ says what it changes.',
    fix: () => 'Write specs/<capability>/spec.md, or set skip_specs: true in .openspec.yaml.',
  },
  'delta/no-sections': {
    says: () => 'The delta has no ADDED, MODIFIED, REMOVED or RENAMED section.',
    fix: () => 'Put the requirements under "## ADDED Requirements" or one of the others.',
  },
  'delta/no-entries': {
    says: ({ sections }) => `Nothing that can be merged stands under ${sections}.`,
    fix: () => 'Write each entry as "### Requirement: …", or a rename as FROM: and TO: lines.',
  },
  'delta/misplaced': {
    says: () => 'No reader of deltas looks at this file, so the change would be archived without it.',
    fix: ({ expected }) => `Move its sections to ${expected}.`,
  },
  'delta/metadata': {
    says: ({ reason }) => `What .openspec.yaml says about specs cannot be used: ${reason}.`,
    fix: () => 'Correct the file; skip_specs and retire_capabilities are true or false, beside schema.',
  },
  'delta/skip-specs': {
    says: () => 'The change says skip_specs: true and has specs all the same.',
    fix: () => 'Remove skip_specs, or the files under specs/.',
  },
  'delta/misspelt-section': {
    says: ({ header, section }) => `"${header}" is not read as the ${section} section.`,
    fix: ({ section }) => `Write "## ${section} Requirements" and nothing else on that line.`,
  },
  'delta/outside-section': {
    says: ({ requirement, section }) =>
      `Requirement "${requirement}" stands ${section === '' ? 'above the first section' : `under "## ${section}"`} and is not merged.`,
    fix: () => 'Move it under ADDED, MODIFIED, REMOVED or RENAMED Requirements.',
  },
  'delta/stray-heading': {
    says: ({ heading, section }) => `The heading "${heading}" in ${section} Requirements is no requirement.`,
    fix: () => 'Make it "### Requirement: …" or "#### Scenario: …", or move it to the design.',
  },
  'delta/odd-header': {
    says: ({ requirement }) =>
      `The header of requirement "${requirement}" is indented, lacks a space or has another number of #, so it is read as no requirement.`,
    fix: () => 'Write "### Requirement: …" from the first column on.',
  },
  'delta/loose-text': {
    says: ({ section }) =>
      `Text above the first requirement of ${section} Requirements reaches no main spec.`,
    fix: () => 'Move it into a requirement, or to the proposal or design.',
  },
  'delta/no-text': {
    says: ({ requirement, section }) =>
      `${section} requirement "${requirement}" says nothing between its header and its scenarios.`,
    fix: () => 'Write what the system SHALL do below the header.',
  },
  'delta/no-keyword': {
    says: ({ requirement, section }) =>
      `${section} requirement "${requirement}" says neither SHALL nor MUST in its text.`,
    fix: () => 'Say it with SHALL or MUST below the header; the header does not count.',
  },
  'delta/no-scenario': {
    says: ({ requirement, section, empty }) =>
      `${section} requirement "${requirement}" has no scenario${empty === '' ? '' : `; "${empty}" is empty`}.`,
    fix: () => 'Add "#### Scenario: …" with WHEN and THEN steps.',
  },
  'delta/duplicate': {
    says: ({ requirement, section, first }) =>
      `${section} names "${requirement}" twice, first on line ${first}.`,
    fix: () => 'Keep one of them.',
  },
  'delta/conflict': {
    says: ({ requirement, one, other }) => `"${requirement}" stands in ${one} and in ${other}.`,
    fix: ({ one, other }) =>
      one === 'MODIFIED' && other === 'RENAMED FROM'
        ? 'Use the new name in MODIFIED.'
        : 'Keep one of the two; a replaced requirement is MODIFIED.',
  },
  'delta/unpaired-rename': {
    says: ({ requirement, side, missing }) => `${side}: "${requirement}" has no ${missing}: line beside it.`,
    fix: () => 'Write each rename as a FROM: line and the TO: line right below it.',
  },
  'delta/capability-typo': {
    says: ({ capability, meant }) => `There is no capability "${capability}"; "${meant}" is one letter away.`,
    fix: ({ meant }) =>
      `Rename the directory to ${meant}, or give a new capability a name that differs more.`,
  },
  'delta/no-base': {
    says: ({ capability, section }) => `${section} needs a main spec, and ${capability} has none.`,
    fix: () => 'Use ADDED for a new capability, or correct the directory name.',
  },
  'delta/broken-base': {
    says: ({ spec, line }) =>
      `The main spec ${spec} is broken at line ${line}, so nothing can be merged into it.`,
    fix: () => 'Repair the main spec first.',
  },
  'delta/not-found': {
    says: ({ requirement, section, meant }) =>
      `${section} names "${requirement}", which the main spec does not have${meant === '' ? '' : `; it has "${meant}"`}.`,
    fix: () => 'Copy the name from the main spec, letter by letter.',
  },
  'delta/exists': {
    says: ({ requirement }) =>
      `ADDED requirement "${requirement}" is in the main spec already, with another text.`,
    fix: () => 'Use MODIFIED to change it, or choose another name.',
  },
  'delta/near-name': {
    says: ({ requirement, section, existing }) =>
      `${section} would add "${requirement}" beside "${existing}", which is there already.`,
    fix: () => 'Use MODIFIED with the exact name, or choose a name that differs.',
  },
  'delta/other-spelling': {
    says: ({ name }) =>
      `"${name}" is in the main spec in another Unicode form; OpenSpec takes the two for different.`,
    fix: () => 'Copy the name from the main spec.',
  },
  'delta/drops-scenario': {
    says: ({ requirement, scenarios }) =>
      `MODIFIED "${requirement}" drops what the main spec has: ${scenarios}.`,
    fix: () =>
      'Copy the scenarios into the block, or mark a renamed one with <!-- renamed-from: Old name -->.',
  },
  'delta/unknown-scenario': {
    says: ({ requirement, scenario }) =>
      `A scenario of "${requirement}" is renamed from "${scenario}", which the main spec does not have.`,
    fix: () => 'Copy the old name from the main spec, or remove the comment.',
  },
  'delta/drops-text': {
    says: ({ requirement, text, line }) =>
      `The merge would drop line ${line} of the main spec with "${requirement}": ${text}`,
    fix: () => 'Take it into the block, or move it out of the requirement in the main spec.',
  },
  'delta/empties-spec': {
    says: ({ capability }) => `No requirement of ${capability} would be left.`,
    fix: () => 'Set retire_capabilities: true in .openspec.yaml if the capability ends.',
  },
  'delta/lost-text': {
    says: ({ capability, line, text }) => `The merge into ${capability} loses line ${line}: ${text}`,
    fix: () => 'Move the line in the main spec, or take it into the delta.',
  },
  'delta/base-moved': {
    says: ({ requirement, part, collision }) => {
      const what = part === '' ? `"${requirement}"` : `"${part}" of "${requirement}"`
      if (collision === 'removes') return `${what} changed in the main spec since this delta removes it.`
      const how =
        collision === 'reverts' ? 'the delta would put the old text back' : 'the delta changes it too'
      return `${what} changed in the main spec since this delta was written, and ${how}.`
    },
    fix: () =>
      'Take the new text into the delta; once both agree, remove base.lock.json and verify --write again.',
  },
  'delta/base-lock': {
    says: ({ reason }) => `The fingerprints of the base cannot be read: ${reason}.`,
    fix: () => 'Remove the file; opsx verify --write makes a new one.',
  },
  'delta/overlap-new': {
    says: ({ requirement, capability, others }) =>
      `"${requirement}" is also new to ${capability} in ${others}.`,
    fix: () => 'Agree which change adds it; the second archive would be refused.',
  },
  'delta/overlap-scenario': {
    says: ({ requirement, scenarios, others }) =>
      `"${requirement}" is also changed by ${others}: ${scenarios}.`,
    fix: () => 'Agree on one text, or archive one change and bring the other up to date.',
  },
  'delta/overlap-requirement': {
    says: ({ requirement, others }) => `"${requirement}" is also changed by ${others}, in another part.`,
    fix: () => 'Whoever is archived second takes the first one\u2019s text into the delta.',
  },
  'proposal/no-why': {
    says: () => 'The proposal has no Why.',
    fix: () => 'Add "## Why" with 50 to 1000 characters.',
  },
  'proposal/why-length': {
    says: ({ length, bound }) => `Why has ${length} characters; it should have ${bound}.`,
    fix: () => 'Say the reason in a paragraph, and leave the rest to the design.',
  },
  'proposal/no-what-changes': {
    says: () => 'The proposal does not say what changes.',
    fix: () => 'Add "## What Changes" with a list.',
  },
  'proposal/many-deltas': {
    says: ({ count, maximum }) => `The change has ${count} operations, more than ${maximum}.`,
    fix: () => 'Split it into several changes.',
  },
}
