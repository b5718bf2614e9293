import { defineFindings } from './define-findings.ts'

export const BINDING = defineFindings({
  'binding/unreadable': {
    message: ({ reason }: { reason: string }) =>
      `The YAML of the binding is not valid, so the change counts as unbound: ${reason}.`,
    fix: 'Correct the file at that line. Put quotes around a value that contains a colon.',
  },
  'binding/disagreement': {
    message: ({ key, one, other }: { key: string; one: string; other: string }) =>
      `The binding names two issues: ${other} in ${key}, ${one} elsewhere.`,
    fix: ({ one }) => `Remove the wrong one, or bind again: opsx bind <change> ${one} --force`,
  },
  'binding/link-only': {
    message: ({ identifier }: { identifier: string }) =>
      `Only a link in the proposal names ${identifier}, so opsx shows the issue and never updates it.`,
    fix: ({ identifier }) => `Bind the change: opsx bind <change> ${identifier}`,
  },
  'binding/team-unknown': {
    message: ({ team }: { team: string }) => `Team "${team}" is not in openspec/linear.yaml.`,
    fix: 'Add the team there, or bind the change again: opsx bind adds the team of the issue.',
  },
  'binding/project-unknown': {
    message: ({ project }: { project: string }) => `Project "${project}" is not in openspec/linear.yaml.`,
    fix: 'Add the project there, or remove linear_project from the proposal.',
  },
  'binding/shared-issue': {
    message: ({ identifier, others }: { identifier: string; others: string }) =>
      `${identifier} is also bound to ${others}; the issue follows the least advanced change.`,
    fix: 'Nothing to do if you want that. Otherwise bind each change to its own issue.',
  },
})
