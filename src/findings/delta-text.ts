import { defineFindings, type NoArgs } from './define-findings.ts'

/** Problems in the text of a delta spec. `section`: ADDED, MODIFIED, REMOVED or RENAMED. */
export const DELTA_TEXT = defineFindings({
  'delta/none': {
    message: (_: NoArgs) => 'The change has no delta spec under specs/.',
    fix: 'Write specs/<capability>/spec.md, or set skip_specs: true in .openspec.yaml.',
  },
  'delta/no-sections': {
    message: (_: NoArgs) => 'The delta has no ADDED, MODIFIED, REMOVED or RENAMED section.',
    fix: 'Put the requirements under "## ADDED Requirements" or one of the others.',
  },
  'delta/no-entries': {
    message: ({ sections }: { sections: string }) => `${sections} contains nothing that can be merged.`,
    fix: 'Write each entry as "### Requirement: …", or a rename as FROM: and TO: lines.',
  },
  'delta/misplaced': {
    message: (_: { expected: string }) =>
      'Delta specs are not read from this path, so the archive would skip this file.',
    fix: ({ expected }) => `Move its sections to ${expected}.`,
  },
  'delta/metadata': {
    message: ({ reason }: { reason: string }) =>
      `The spec flags in .openspec.yaml cannot be used: ${reason}.`,
    fix: 'Correct the file; skip_specs and retire_capabilities are true or false, and schema is set.',
  },
  'delta/skip-specs': {
    message: (_: NoArgs) => 'skip_specs is true, but the change has files under specs/.',
    fix: 'Remove skip_specs from .openspec.yaml, or remove the files under specs/.',
  },
  'delta/misspelt-section': {
    message: ({ header, section }: { header: string; section: string }) =>
      `"${header}" is not read as the ${section} section.`,
    fix: ({ section }) => `Write "## ${section} Requirements" and nothing else on that line.`,
  },
  'delta/outside-section': {
    message: ({ requirement, section }: Sectioned) =>
      `Requirement "${requirement}" is ${section === '' ? 'above the first section' : `under "## ${section}"`} and is not merged.`,
    fix: 'Move it under ADDED, MODIFIED, REMOVED or RENAMED Requirements.',
  },
  'delta/stray-heading': {
    message: ({ heading, section }: { heading: string; section: string }) =>
      `The heading "${heading}" in ${section} Requirements is not a requirement.`,
    fix: 'Make it "### Requirement: …" or "#### Scenario: …", or move it to the design.',
  },
  'delta/odd-header': {
    message: ({ requirement }: { requirement: string }) =>
      `The header of "${requirement}" is indented, lacks a space or has another number of #. It is not read as a requirement.`,
    fix: 'Write "### Requirement: …" at the start of the line.',
  },
  'delta/loose-text': {
    message: ({ section }: { section: string }) =>
      `Text above the first requirement of ${section} Requirements is not merged.`,
    fix: 'Move it into a requirement, or to the proposal or design.',
  },
  'delta/no-text': {
    message: ({ requirement, section }: Sectioned) =>
      `${section} requirement "${requirement}" has no text between its header and its scenarios.`,
    fix: 'Write what the system SHALL do below the header.',
  },
  'delta/no-keyword': {
    message: ({ requirement, section }: Sectioned) =>
      `The text of ${section} requirement "${requirement}" contains neither SHALL nor MUST.`,
    fix: 'Use SHALL or MUST in the text below the header; the header does not count.',
  },
  'delta/no-scenario': {
    message: ({ requirement, section, empty }: Sectioned & { empty: string }) =>
      `${section} requirement "${requirement}" has no scenario${empty === '' ? '' : `; "${empty}" is empty`}.`,
    fix: 'Add "#### Scenario: …" with WHEN and THEN steps.',
  },
  'delta/duplicate': {
    message: ({ requirement, section, first }: Sectioned & { first: number }) =>
      `${section} names "${requirement}" twice, first on line ${first}.`,
    fix: 'Keep one of them.',
  },
  'delta/conflict': {
    message: ({ requirement, one, other }: { requirement: string; one: string; other: string }) =>
      `"${requirement}" is in ${one} and in ${other}.`,
    fix: ({ one, other }) =>
      one === 'MODIFIED' && other === 'RENAMED FROM'
        ? 'Use the new name in MODIFIED.'
        : 'Keep one of the two. To replace a requirement, use MODIFIED.',
  },
  'delta/unpaired-rename': {
    message: ({ requirement, side, missing }: { requirement: string; side: string; missing: string }) =>
      `${side}: "${requirement}" has no ${missing}: line.`,
    fix: 'Write each rename as a FROM: line and the TO: line right below it.',
  },
})

type Sectioned = { requirement: string; section: string }
