import type { CodesOf, Pages } from './page.ts'

export const TASK_PAGES: Pages<CodesOf<'tasks'>> = {
  'tasks/hidden-box': {
    means: 'A task box stands inside a code block or a comment of tasks.md.',
    why: 'It is not a task for a reader of Markdown, so opsx does not count it; OpenSpec does, and the numbers differ.',
    fix: 'Move it out when it is a task; otherwise remove the box.',
    example: `<!-- - [ ] 1.3 Later -->`,
  },
  'tasks/odd-marker': {
    means: 'A box holds more than one character, such as [WIP].',
    why: 'OpenSpec does not count such a box at all; opsx counts it as open, so that no work is lost.',
    fix: 'Use [ ] for open, [x] for done, [~] for deferred.',
    example: `- [WIP] 1.2 Measure contrast    as it is
- [ ] 1.2 Measure contrast      as it should be`,
  },
  'tasks/open': {
    means: 'At least one task has no tick. Tasks that have tasks under them do not count.',
    why: 'A change with open work cannot pass; it is only an info until verify.md claims that it did.',
    fix: 'Finish the tasks and tick them, or defer them and write the reason on the line.',
    example: `$ opsx task check add-dark-mode 1.2
- [~] 1.3 Test on a projector (deferred: the lab opens in July)`,
  },
  'tasks/parent-ahead': {
    means: 'A task is ticked although a task under it is open.',
    why: 'One of the two is wrong, and the tick claims more than was done.',
    fix: 'Finish the tasks under it, or untick it with opsx task uncheck.',
    example: `- [x] 1 Colours
  - [x] 1.1 Palette
  - [ ] 1.2 Contrast`,
  },
  'tasks/deferred': {
    means: 'A task is deferred and its line says why.',
    why: 'The report carries it as a suggestion with its reason, so that nobody takes it for done.',
    fix: 'Nothing to do until the reason no longer holds.',
    example: `- [~] 1.3 Test on a projector (deferred: the lab opens in July)`,
  },
  'tasks/deferred-without-reason': {
    means: 'A task is marked [~] or [-], or with a word such as deferred, and its line gives no reason.',
    why: 'A reviewer cannot tell a decision from something that was forgotten.',
    fix: 'Add the reason behind "deferred:" or in a parenthesis at the end of the line.',
    example: `- [~] 1.3 Test on a projector                                    as it is
- [~] 1.3 Test on a projector (deferred: the lab opens in July)  as it should be`,
  },
}
