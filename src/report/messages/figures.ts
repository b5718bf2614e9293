import type { FigureFindingArgs } from '../../findings/codes/figures.ts'
import type { Messages } from './message.ts'

export const FIGURE_MESSAGES: Messages<keyof FigureFindingArgs> = {
  'figure/drift': {
    says: ({ figure, asserted, measured, source, invariant, fixedBy }) =>
      `${figure}: the text says ${asserted}, measured ${measured}${source === '' ? '' : ` (${source})`}: ` +
      'the text is out of date or the implementation regressed.' +
      (invariant === '' ? '' : ` The line says "${invariant}", so the claim itself may be false now.`) +
      (fixedBy === '' ? '' : ` The change ${fixedBy} already says ${measured}.`),
    fix: ({ figure, invariant, fixedBy }) =>
      fixedBy === ''
        ? `Where the text is wrong: opsx figures reconcile --write${invariant === '' ? '' : ' --force'}. Where it is right: mend, then opsx figures measure ${figure}.`
        : `Nothing to do: archiving ${fixedBy} brings the value.`,
  },
  'figure/budget': {
    says: ({ figure, asserted, measured, source }) =>
      `${figure} must be ${asserted} and was measured as ${measured}${source === '' ? '' : ` (${source})`}.`,
    fix: ({ figure }) =>
      `Bring the value back within its budget and run opsx figures measure ${figure}, or change the budget on purpose.`,
  },
  'figure/near-budget': {
    says: ({ figure, asserted, measured }) =>
      `${figure} is close to its budget: ${measured}, and it must be ${asserted}.`,
    fix: () => 'Nothing to do yet; the next change may break it.',
  },
  'figure/unknown': {
    says: ({ figure }) => `No figure is called ${figure}.`,
    fix: ({ figure, meant }) =>
      meant === '' ? `Define ${figure} in openspec/figures.yaml, or correct the name.` : `Write ${meant}.`,
  },
  'figure/mismatch': {
    says: ({ figure, bound, text }) => `The binding says ${figure}${bound}, and the text ${text}.`,
    fix: () => 'Change one of the two, so that text and binding say the same.',
  },
  'figure/former-value': {
    says: ({ figure, asserted, measured }) =>
      `${asserted} is a former value of ${figure}; it was measured as ${measured}.`,
    fix: ({ figure, measured }) =>
      `Correct it, or bind the line: <!-- fig: ${figure}=${measured} -->, <!-- fig: ${figure} was … --> for history.`,
  },
  'figure/stale': {
    says: ({ figure, reason }) => `Whether ${figure} still holds cannot be said: ${reason}.`,
    fix: ({ figure }) => `Measure it again: opsx figures measure ${figure}`,
  },
  'figure/unmeasured': {
    says: ({ figure }) => `${figure} is bound and was never measured.`,
    fix: ({ figure }) => `Measure it: opsx figures measure ${figure}`,
  },
  'figure/header': {
    says: ({ figure }) =>
      `A value of ${figure} stands in a header, and headers are what archiving merges by.`,
    fix: () => 'Move the number into the body, and leave a name that stays true in the header.',
  },
  'figure/conflict': {
    says: ({ figure, asserted, other, place }) =>
      `Two specs say different values of ${figure}: ${asserted} here, ${other} in ${place}.`,
    fix: () => 'Correct the wrong one; both stand as requirements today.',
  },
  'figure/no-inputs': {
    says: ({ figure }) => `${figure} names no inputs, so nobody can tell when its value is out of date.`,
    fix: ({ figure }) =>
      `Add inputs: [globs of the files it depends on] to ${figure} in openspec/figures.yaml.`,
  },
  'figure/claim': {
    says: ({ figure, pattern, matches }) =>
      `The claim of ${figure} by /${pattern}/ matches ${matches === 0 ? 'nothing' : `${matches} times`}.`,
    fix: () => 'Change the pattern under claims: so that it matches exactly once, with one capture.',
  },
  'figure/malformed': {
    says: ({ reason }) => `This figure comment cannot be read: ${reason}.`,
    fix: () =>
      'Write <!-- fig: name=value -->, name<=limit, name was value, name has item or name lacks item.',
  },
  'figure/none-defined': {
    says: () =>
      'The text binds figures or sets a gate, and there is no openspec/figures.yaml, so nothing is compared.',
    fix: () =>
      'Define the figures in openspec/figures.yaml; it may be empty when only counted figures are bound.',
  },
  'figure/definition': {
    says: ({ reason }) => `The figure definitions cannot be read: ${reason}.`,
    fix: () => 'Correct the file; until then its figures count as unmeasured.',
  },
  'figure/lock': {
    says: ({ reason }) => `The measured values cannot be read: ${reason}.`,
    fix: () => 'After a merge: opsx figures resolve. Otherwise restore the file from git, or measure again.',
  },
  'gate/unmet': {
    says: ({ task, condition, measured }) =>
      `Task ${task} is ticked, and its gate ${condition} does not hold: measured ${measured}.`,
    fix: ({ task }) => `Make it hold and measure again, or untick it: opsx task uncheck <change> ${task}`,
  },
  'gate/unjudged': {
    says: ({ task, condition, reason }) =>
      `Task ${task} is ticked, and its gate ${condition} cannot be judged: ${reason}.`,
    fix: () => 'Measure what it rests on: opsx figures measure',
  },
  'gate/malformed': {
    says: ({ task, reason }) => `The gate of task ${task} cannot be read: ${reason}.`,
    fix: () => 'Write <!-- gate: name=value, name<=value --> or <!-- gate: human -->.',
  },
}
