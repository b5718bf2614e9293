import type { Finding, FindingCode } from '../../src/findings/finding.ts'

/** Every kind of ERROR that OpenSpec has, and the codes with the same meaning. */
export const SAME: [RegExp, FindingCode[]][] = [
  [/^Spec must have a Purpose section/, ['spec/no-purpose']],
  [/^Spec must have a Requirements section/, ['spec/no-requirements']],
  [
    /^Spec must have at least one requirement/,
    ['spec/empty-requirements', 'spec/no-requirements', 'spec/stray-heading'],
  ],
  [/^Requirement must have at least one scenario/, ['spec/no-scenario', 'spec/stray-heading']],
  [/^Main spec contains delta header/, ['spec/delta-header']],
  [/appears outside the main ## Requirements/, ['spec/outside-requirements']],
  [/duplicates the requirement declared on line/, ['spec/duplicate']],
  [/^Requirement "(.*)" must contain SHALL/, ['spec/no-text']],
  [/^(?:ADDED|MODIFIED) "(.*)" is missing requirement text/, ['delta/no-text']],
  [/^(?:ADDED|MODIFIED) "(.*)" must contain SHALL/, ['delta/no-text']],
  [/^(?:ADDED|MODIFIED) "(.*)" must include at least one scenario/, ['delta/no-scenario']],
  [/^Duplicate (?:requirement|FROM|TO) in \w+: "(.*)"/, ['delta/duplicate']],
  [/^Requirement present in both RENAMED and REMOVED/, ['delta/conflict']],
  [/^Requirement present in both [A-Z]+ and [A-Z]+: "(.*?)"(?: \(|$)/, ['delta/conflict']],
  [/^MODIFIED references old name from RENAMED/, ['delta/conflict']],
  [/^RENAMED TO collides with ADDED/, ['delta/conflict']],
  [/^RENAMED (?:FROM|TO): "(.*)" has no matching/, ['delta/unpaired-rename']],
  [/^MODIFIED "(.*)" omits scenario/, ['delta/drops-scenario']],
  [/^Delta spec found at specs/, ['delta/misplaced']],
  [/^Delta sections .* were found, but no requirement entries/, ['delta/no-entries']],
  [/^No delta sections found/, ['delta/no-sections']],
  [/^skip_specs is set but/, ['delta/metadata']],
  [/^skip_specs is set in .* but spec files exist/, ['delta/skip-specs']],
  [
    /^Change must have at least one delta/,
    ['delta/none', 'delta/no-sections', 'delta/no-entries', 'delta/misplaced'],
  ],
]

/** What opsx calls critical and OpenSpec does not, with the sentence of the design that wants it so. */
export const EXTRA: Partial<Record<FindingCode, string>> = {
  'delta/not-found': 'as are a MODIFIED/REMOVED/RENAMED name missing from the base',
  'delta/no-base': '"Archive would refuse" is INFO there; in opsx it is an error',
  'delta/exists': 'Defect 11: an ADDED that exists passes strict, fails at archive',
  'delta/near-name': '"Archive would refuse" is INFO there; in opsx it is an error',
  'delta/broken-base': '"Archive would refuse" is INFO there; in opsx it is an error',
  'delta/capability-typo': 'an unknown capability directory one edit away from an existing one',
  'delta/metadata': 'and broken .openspec.yaml',
  'delta/misspelt-section': 'Defect 7: a section header with a colon is ignored',
  'delta/stray-heading': 'Defect 10: ### Notes after a requirement is absorbed and deleted with it',
  'delta/odd-header':
    'Defect 10: an indented ### Requirement: is absorbed; a header is `### Requirement: <name>` at column 0',
  'delta/drops-text': 'Defects 5 and 10: tables, notes and foreign sections are dropped',
  'delta/lost-text': 'Conservation check: every requirement of the old spec is in the new one',
  'delta/empties-spec': 'An emptied spec needs retire_capabilities: true',
  'delta/unknown-scenario': 'Defect 15: a scenario is renamed with an explicit renamed-from',
  'spec/odd-header':
    'Defect 10: an indented ### Requirement: is absorbed; a header is `### Requirement: <name>` at column 0',
  'spec/stray-heading': 'Defect 9: an H1 inside Requirements hides what follows',
}

export interface Context {
  /** The whole file. */
  file: string
  /** From the finding's line to the next requirement. */
  block: string
  /** True when OpenSpec gave up on the main spec. */
  stopped: boolean
  /** True when OpenSpec prints a name without its last backtick. */
  truncated: boolean
}

/** Reasons of single findings: each a sentence of the design and the condition of the text under which it applies. */
export const REASONS: {
  reason: string
  codes: FindingCode[]
  holds(at: Context, finding: Finding): boolean
}[] = [
  {
    reason: 'Defect 4: comments are masked, so a comment is neither text nor a step',
    codes: ['spec/no-text', 'spec/no-scenario', 'delta/no-text', 'delta/no-scenario', 'delta/none'],
    holds: ({ block }) => block.includes('<!--'),
  },
  {
    reason: 'Defect 2: a fence in a list item is code, so it is no text',
    codes: ['spec/no-text', 'delta/no-text'],
    holds: ({ block }) => block.includes('- ```'),
  },
  {
    reason: 'Defect 6: a name that ends in a backtick is read whole',
    codes: ['delta/conflict', 'delta/duplicate', 'delta/drops-scenario'],
    holds: ({ truncated }, { args }) =>
      truncated || ('requirement' in args && args.requirement.endsWith('`')),
  },
  {
    reason: 'Defect 8: NFC and NFD are one name',
    codes: ['delta/duplicate', 'delta/conflict', 'spec/duplicate', 'delta/drops-scenario'],
    holds: ({ file }) => file !== file.normalize('NFC'),
  },
  {
    reason: "A header is `### Requirement: <name>`; OpenSpec's readers disagree about one without the space",
    codes: ['spec/no-scenario', 'spec/no-text', 'spec/outside-requirements', 'spec/duplicate'],
    holds: ({ file }) => /^###Requirement:/m.test(file),
  },
  {
    reason: 'Defect 9: OpenSpec reads nothing below an H1 inside Requirements',
    codes: ['spec/no-scenario', 'spec/no-text'],
    holds: ({ file }) => /^## Requirements$[\s\S]*^# /m.test(file),
  },
  {
    reason: 'OpenSpec says nothing more about a main spec without Purpose or Requirements',
    codes: [
      'spec/no-requirements',
      'spec/no-text',
      'spec/no-scenario',
      'spec/outside-requirements',
      'spec/delta-header',
      'spec/duplicate',
      'spec/stray-heading',
      'spec/empty-requirements',
    ],
    holds: ({ stopped }) => stopped,
  },
]

/** OpenSpec reads a name without its last backtick, and so finds another one, or none (defect 6). */
export function isTruncated(message: string, delta: string): boolean {
  const spelt = (message.match(/`/g)?.length ?? 0) % 2 === 1
  return spelt || /^\s*[-*+]?\s*(?:FROM|TO): ###.*`\s*$/m.test(delta)
}
