import { defineFindings } from './define-findings.ts'

export const TASKS = defineFindings({
  'tasks/hidden-box': {
    message: ({ where }: { where: string }) => `This task box is inside a ${where} and is not counted.`,
    fix: 'If it is a task, move it out. Otherwise remove the box.',
  },
  'tasks/odd-marker': {
    message: ({ marker }: { marker: string }) =>
      `The box marker [${marker}] has more than one character; the task counts as open.`,
    fix: 'Write [ ], [x] or [~].',
  },
  'tasks/open': {
    message: ({ open, total, first }: { open: number; total: number; first: string }) =>
      `${open} of ${total} ${total === 1 ? 'task is' : 'tasks are'} open; the first is ${first}.`,
    fix: 'Finish them and check them with opsx task check, or defer them with a reason: opsx task defer.',
  },
  'tasks/parent-ahead': {
    message: ({ task, open }: { task: string; open: number }) =>
      `Task ${task} is checked, but ${open} of the tasks under it ${open === 1 ? 'is' : 'are'} open.`,
    fix: 'Finish the tasks under it, or uncheck it with opsx task uncheck.',
  },
  'tasks/deferred': {
    message: ({ task, reason }: { task: string; reason: string }) => `Task ${task} is deferred: ${reason}.`,
    fix: 'Nothing to do; the reason is recorded.',
  },
  'tasks/deferred-without-reason': {
    message: ({ task }: { task: string }) => `Task ${task} is deferred without a reason.`,
    fix: 'Add the reason to the line, such as (deferred: needs the staging cluster).',
  },
})
