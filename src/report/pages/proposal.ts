import type { CodesOf, Pages } from './page.ts'

export const PROPOSAL_PAGES: Pages<CodesOf<'proposal'>> = {
  'proposal/no-why': {
    means: 'The proposal has no "## Why" with text in it.',
    why: 'Reviewers decide by the reason, and opsx takes the TL;DR of the issue from there.',
    fix: 'Add the section, with 50 to 1000 characters.',
    example: `## Why

Readers at night turn the screen down until the text is hard to read.`,
  },
  'proposal/why-length': {
    means: 'The text under "## Why" is shorter than 50 or longer than 1000 characters.',
    why: 'OpenSpec has the same bounds and mentions them at the archive only.',
    fix: 'Say the reason in one paragraph, and move the rest to the design.',
    example: `## Why

Readers at night turn the screen down until the text is hard to read.`,
  },
  'proposal/no-what-changes': {
    means: 'The proposal has no "## What Changes" with text in it.',
    why: 'Without it neither the reviewer nor the issue says what will be delivered.',
    fix: 'Add the section with a list.',
    example: `## What Changes

- a switch between light and dark in the settings`,
  },
  'proposal/many-deltas': {
    means: 'The delta specs of the change hold more than 10 operations together.',
    why: 'A change of that size is hard to review and likely to collide with others.',
    fix: 'Split it into several changes, when its parts can stand alone.',
    example: `$ opsx new add-dark-mode
$ opsx new add-contrast-check`,
  },
}
