import { defineFindings, type NoArgs } from './define-findings.ts'

/** Values are formatted already: a number with its unit, or items that a set has or lacks. */
export const FIGURES = defineFindings({
  'figure/drift': {
    message: ({ figure, asserted, measured, source, invariant, fixedBy }: Drift) =>
      `${figure}: the text says ${asserted}, measured ${measured}${origin(source)}.` +
      (invariant === '' ? '' : ` The line says "${invariant}", so the claim itself may be false now.`) +
      (fixedBy === '' ? '' : ` The change ${fixedBy} already says ${measured}.`),
    fix: ({ figure, invariant, fixedBy }) =>
      fixedBy === ''
        ? `If the text is wrong: opsx figures reconcile --write${invariant === '' ? '' : ' --force'}. If the code is wrong: fix it, then opsx figures measure ${figure}.`
        : `Nothing to do: archiving ${fixedBy} updates the text.`,
  },
  'figure/budget': {
    message: ({ figure, asserted, measured, source }: Compared & { source: string }) =>
      `${figure} must be ${asserted}, measured ${measured}${origin(source)}.`,
    fix: ({ figure }) =>
      `Bring it within the budget, then run opsx figures measure ${figure}. Or change the budget.`,
  },
  'figure/near-budget': {
    message: ({ figure, asserted, measured }: Compared) =>
      `${figure} is close to its budget: measured ${measured}, must be ${asserted}.`,
    fix: 'Nothing to do yet; the next change may exceed it.',
  },
  'figure/unknown': {
    message: ({ figure }: { figure: string; meant: string }) => `No figure is called ${figure}.`,
    fix: ({ figure, meant }) =>
      meant === '' ? `Define ${figure} in openspec/figures.yaml, or correct the name.` : `Write ${meant}.`,
  },
  'figure/mismatch': {
    message: ({ figure, bound, text }: { figure: string; bound: string; text: string }) =>
      `The binding says ${figure}${bound}, but the text ${text}.`,
    fix: 'Change the text or the binding, so that both give the same value.',
  },
  'figure/former-value': {
    message: ({ figure, asserted, measured }: Compared) =>
      `${asserted} is an old value of ${figure}; measured ${measured}.`,
    fix: ({ figure, measured }) =>
      `Correct it, or bind the line: <!-- fig: ${figure}=${measured} -->, <!-- fig: ${figure} was … --> for history.`,
  },
  'figure/stale': {
    message: ({ figure, reason }: { figure: string; reason: string }) =>
      `The value of ${figure} may be out of date: ${reason}.`,
    fix: remeasure,
  },
  'figure/unmeasured': {
    message: ({ figure }: { figure: string }) => `${figure} is bound but was never measured.`,
    fix: ({ figure }) => `Measure it: opsx figures measure ${figure}`,
  },
  'figure/header': {
    message: ({ figure }: { figure: string }) =>
      `This header contains a value of ${figure}. Archiving merges by headers, so the value cannot be updated.`,
    fix: 'Move the number into the body of the requirement.',
  },
  'figure/conflict': {
    message: ({
      figure,
      asserted,
      other,
      place,
    }: Record<'figure' | 'asserted' | 'other' | 'place', string>) =>
      `Two specs give different values of ${figure}: ${asserted} here, ${other} in ${place}.`,
    fix: 'Correct the wrong one.',
  },
  'figure/no-inputs': {
    message: ({ figure }: { figure: string }) =>
      `${figure} lists no inputs, so opsx cannot detect when its value is out of date.`,
    fix: ({ figure }) =>
      `Add inputs: [globs of the files it depends on] to ${figure} in openspec/figures.yaml.`,
  },
  'figure/claim': {
    message: ({ figure, pattern, matches }: { figure: string; pattern: string; matches: number }) =>
      `The claim of ${figure} with the pattern /${pattern}/ matches ${matches === 0 ? 'nothing' : `${matches} times`}.`,
    fix: 'Change the pattern under claims: so that it matches exactly once, with one capture.',
  },
  'figure/malformed': {
    message: ({ reason }: { reason: string }) => `This figure comment cannot be read: ${reason}.`,
    fix: 'Write <!-- fig: name=value -->, name<=limit, name was value, name has item or name lacks item.',
  },
  'figure/none-defined': {
    message: (_: NoArgs) =>
      'The text binds figures or sets a gate, but openspec/figures.yaml does not exist. Nothing is compared.',
    fix: 'Create openspec/figures.yaml with these figures. It may be empty for counted figures.',
  },
  'figure/definition': {
    message: ({ reason }: { reason: string }) => `The figure definitions cannot be read: ${reason}.`,
    fix: 'Correct the file; until then its figures count as unmeasured.',
  },
  'figure/lock': {
    message: ({ reason }: { reason: string }) => `The measured values cannot be read: ${reason}.`,
    fix: 'After a merge: opsx figures resolve. Otherwise restore the file from git, or measure again.',
  },
  'gate/unmet': {
    message: ({ task, condition, measured }: { task: string; condition: string; measured: string }) =>
      `Task ${task} is checked, but its gate ${condition} is not met: measured ${measured}.`,
    fix: ({ task }) =>
      `Meet the gate and measure again, or uncheck the task: opsx task uncheck <change> ${task}`,
  },
  'gate/unjudged': {
    message: ({ task, condition, reason }: { task: string; condition: string; reason: string }) =>
      `Task ${task} is checked, but its gate ${condition} cannot be evaluated: ${reason}.`,
    fix: 'Measure the figures of the gate: opsx figures measure',
  },
  'gate/malformed': {
    message: ({ task, reason }: { task: string; reason: string }) =>
      `The gate of task ${task} cannot be read: ${reason}.`,
    fix: 'Write <!-- gate: name=value, name<=value --> or <!-- gate: human -->.',
  },
})

type Compared = { figure: string; asserted: string; measured: string }

/**
 * `invariant`: the word in the line that claims that the value never changes; `fixedBy`: an active change that has the
 * new value. Both may be empty.
 */
type Drift = Compared & { source: string; invariant: string; fixedBy: string }

function origin(source: string): string {
  return source === '' ? '' : ` (${source})`
}

function remeasure({ figure }: { figure: string }): string {
  return `Measure it again: opsx figures measure ${figure}`
}
