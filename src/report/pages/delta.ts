import { DELTA_MERGE_PAGES } from './delta-merge.ts'
import { DELTA_TEXT_PAGES } from './delta-text.ts'
import type { CodesOf, Pages } from './page.ts'

export const DELTA_PAGES: Pages<CodesOf<'delta'>> = {
  ...DELTA_TEXT_PAGES,
  ...DELTA_MERGE_PAGES,
  'delta/base-moved': {
    means:
      'The main spec changed since this delta spec was written, in a part that the delta replaces or removes.',
    why: "Archived as it is, the delta would undo somebody else's change.",
    fix: 'Take the new text into the delta. Once both agree, remove base.lock.json and verify again.',
    example: `$ rm openspec/changes/add-dark-mode/specs/theme/base.lock.json
$ opsx verify add-dark-mode --write`,
  },
  'delta/base-lock': {
    means: 'base.lock.json beside the delta spec is not what opsx writes there.',
    why: 'It holds fingerprints of the main spec; without them opsx cannot see that the main spec has moved.',
    fix: 'Remove the file; the next opsx verify --write makes a new one.',
    example: `$ rm openspec/changes/add-dark-mode/specs/theme/base.lock.json
$ opsx verify add-dark-mode --write`,
  },
  'delta/overlap-new': {
    means: 'Two open changes add a requirement of one name to one capability.',
    why: 'The second archive would be refused.',
    fix: 'Agree which change adds it; the other modifies it later.',
    example: `add-dark-mode:       ## ADDED Requirements
add-contrast-check:  ## ADDED Requirements
both:                ### Requirement: Dark mode`,
  },
  'delta/overlap-scenario': {
    means: 'Two open changes change the same scenario, or the text, of one requirement.',
    why: 'With OpenSpec alone, the edit that is archived first is lost without a word at the second archive.',
    fix: 'Agree on one text, or archive one change and bring the other up to date.',
    example: `add-dark-mode:       #### Scenario: Switching
add-contrast-check:  #### Scenario: Switching`,
  },
  'delta/overlap-requirement': {
    means: 'Two open changes change one requirement, in different parts.',
    why: 'Each delta holds the whole requirement, so the second would put back the old text of the first.',
    fix: 'Whoever is archived second takes the text of the first into the delta.',
    example: `add-dark-mode:       #### Scenario: Switching
add-contrast-check:  #### Scenario: Printing`,
  },
}
