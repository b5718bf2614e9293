import type { Finding, FindingCode } from '../findings/finding.ts'
import { ARCHIVE_MESSAGES } from './messages/archive.ts'
import { FIGURE_MESSAGES } from './messages/figures.ts'
import type { Messages } from './messages/message.ts'
import { SETUP_MESSAGES } from './messages/setup.ts'
import { SPEC_MESSAGES } from './messages/specs.ts'
import { VERIFY_MESSAGES } from './messages/verify.ts'

/** All the English of findings. Rules and tests speak codes. */
const MESSAGES: Messages<FindingCode> = {
  ...SPEC_MESSAGES,
  ...VERIFY_MESSAGES,
  ...ARCHIVE_MESSAGES,
  ...FIGURE_MESSAGES,
  ...SETUP_MESSAGES,
  'binding/unreadable': {
    says: ({ reason }) =>
      `The YAML of the binding cannot be read, so the change counts as unbound: ${reason}.`,
    fix: () => 'Correct the file at that line; a value with a colon in it needs quotes.',
  },
  'binding/disagreement': {
    says: ({ key, one, other }) =>
      `The binding names two issues: ${key} says ${other}, elsewhere it is ${one}.`,
    fix: () => 'Keep the right one, or bind again with opsx bind.',
  },
  'binding/link-only': {
    says: ({ identifier }) =>
      `The change is tied to ${identifier} only by a link in its text; opsx shows it and never writes to it.`,
    fix: ({ identifier }) => `Bind it properly: opsx bind <change> ${identifier}`,
  },
  'binding/team-unknown': {
    says: ({ team }) => `Team "${team}" is not in openspec/linear.yaml.`,
    fix: () => 'Register the team there, or bind the change again.',
  },
  'binding/project-unknown': {
    says: ({ project }) => `Project "${project}" is not in openspec/linear.yaml.`,
    fix: () => 'Register the project there, or remove linear_project from the proposal.',
  },
  'binding/shared-issue': {
    says: ({ identifier, others }) =>
      `${identifier} is also bound to ${others}; the issue follows the least advanced change.`,
    fix: () => 'Give each change an issue of its own, or leave it so.',
  },
  'change/archived-twin': {
    says: ({ archive }) =>
      `The change is archived as ${archive} and still stands among the active ones; the archive counts.`,
    fix: () => 'Remove the active directory, or opsx reopen the archived one.',
  },
  'change/unreadable': {
    says: ({ reason }) => `The change cannot be read: ${reason}.`,
    fix: () => 'Make its files readable; the other changes go on.',
  },
  'schema/unknown': {
    says: ({ schema }) => `Schema "${schema}" is neither built in nor in openspec/schemas/.`,
    fix: () => 'Correct the name in .openspec.yaml or config.yaml, or add the schema.',
  },
  'tasks/hidden-box': {
    says: ({ where }) => `A task box stands inside a ${where} and is not counted.`,
    fix: () => 'Move it out, if it is a task.',
  },
  'tasks/odd-marker': {
    says: ({ marker }) => `The box marker [${marker}] is more than one character; the task counts as open.`,
    fix: () => 'Use [ ], [x] or [~].',
  },
  'verify/several-decisions': {
    says: ({ decisions }) => `Several decisions are ticked (${decisions}); the worst counts.`,
    fix: () => 'Leave exactly one box ticked.',
  },
  'verify/unfilled': {
    says: () => 'The verify report has no decision yet, so it is no milestone.',
    fix: () => 'Tick one decision, or remove the file until there is a verdict.',
  },
  'ledger/malformed': {
    says: ({ reason }) => `attempt_log cannot be read: ${reason}.`,
    fix: () => 'Make it a list of { at, transition, outcome, note }.',
  },
  'ledger/unknown-outcome': {
    says: ({ outcome }) => `A ledger entry has the outcome "${outcome}", which never counts as posted.`,
    fix: () => 'Use posted, dropped or failed; opsx keeps the word as it is.',
  },
  'ledger/states-differ': {
    says: ({ recorded, bound }) =>
      `last_synced_state is "${recorded}" and linear_story_state is "${bound}"; the first counts.`,
    fix: () => 'The next sync that writes brings both together.',
  },
  'ledger/unknown-state': {
    says: ({ state }) =>
      `last_synced_state "${state}" is no state opsx knows, so it writes nothing for this change.`,
    fix: () =>
      'Write the canonical name: Backlog, Todo, In Progress, In Review, Done, Canceled or Duplicate.',
  },
  'ledger/closed-early': {
    says: ({ identifier, state, who }) =>
      `${identifier} was set to ${state} by ${who} while the change is still active.`,
    fix: () => 'Move it back in Linear, or set defaults.on_premature_close: restore in openspec/linear.yaml.',
  },
  'ledger/backward-time': {
    says: ({ at, previous }) => `A ledger entry of ${at} follows one of ${previous}.`,
    fix: () => 'Check the order of attempt_log; entries are append only.',
  },
  'ledger/placeholder-time': {
    says: ({ at }) => `${at} is midnight to the second, which looks made up.`,
    fix: () => 'Write the real time, in UTC.',
  },
  'ledger/illegal-transition': {
    says: ({ transition }) => `${transition} is not a transition of the lifecycle.`,
    fix: () => 'Only re-queue and opsx reopen go backward.',
  },
  'ledger/record-mismatch': {
    says: ({ recorded, posted }) =>
      `last_synced_state is ${recorded}, but the last posted crossing led to ${posted}.`,
    fix: () => 'Run opsx sync, or correct last_synced_state by hand.',
  },
  'ledger/over-maximum': {
    says: ({ round, maximum }) => `review_round is ${round} and the maximum is ${maximum}.`,
    fix: () => 'Decide with opsx review approve, reject or reset.',
  },
  'ledger/conflict-markers': {
    says: () => 'The proposal holds the markers of a merge conflict.',
    fix: () =>
      'opsx ledger lint --fix keeps both sides of the frontmatter; conflicts in the text below are yours.',
  },
  'registry/mixed-dialects': {
    says: () =>
      'linear.yaml has both team:/project: and teams:/projects:; the latter count, the former fill holes.',
    fix: () => 'Move team and project into teams and projects.',
  },
  'registry/unreadable': {
    says: ({ reason }) => `linear.yaml cannot be read: ${reason}.`,
    fix: () => 'Correct the YAML.',
  },
  'sync/read-only': {
    says: ({ reason }) => `This checkout may not speak for the change: ${reason}.`,
    fix: () => 'Run opsx sync on the branch that changes it, or on the default branch.',
  },
  'sync/parked': {
    says: ({ round, maximum }) => `Round ${round}/${maximum} is used up; the change needs a person.`,
    fix: () => 'Decide with opsx review approve, reject or reset.',
  },
  'sync/uncommitted-verdict': {
    says: () => 'It says FAIL but is not committed, so it counts no review round yet.',
    fix: () => 'Commit it.',
  },
  'sync/waits-for-merge': {
    says: ({ branch }) =>
      `The change is archived here and waits to be merged to ${branch}; then sync sets Done.`,
    fix: ({ branch }) => `Merge, then run opsx sync on ${branch}.`,
  },
  'sync/foreign-description': {
    says: ({ identifier, who, diff }) =>
      `Somebody edited opsx's section in ${identifier} (last editor: ${who}); it was left alone.\n${diff}`,
    fix: () => 'Move the text below the section, or overwrite it with --force.',
  },
}

/** The sentence of a finding. */
export function messageOf<C extends FindingCode>({ code, args }: Finding<C>): string {
  return MESSAGES[code].says(args)
}

/** What to do about a finding. */
export function fixOf<C extends FindingCode>({ code, args }: Finding<C>): string {
  return MESSAGES[code].fix(args)
}
