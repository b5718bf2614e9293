import { defineFindings, type NoArgs } from './define-findings.ts'

export const REGISTRY = defineFindings({
  'registry/mixed-dialects': {
    message: (_: NoArgs) =>
      'linear.yaml has both team:/project: and teams:/projects:. opsx reads the singular keys only for missing values.',
    fix: 'Move team and project into teams and projects.',
  },
  'registry/unreadable': {
    message: ({ reason }: { reason: string }) => `linear.yaml cannot be read: ${reason}.`,
    fix: 'Correct the YAML.',
  },
  'workspace/unpinned': {
    message: ({ organization }: { organization: string }) =>
      `openspec/linear.yaml does not name a workspace; the key belongs to "${organization}".`,
    fix: ({ organization }) => `If that is the right one: opsx init --workspace ${organization}`,
  },
  'workspace/mismatch': {
    message: ({ expected, actual }: Expected) =>
      `openspec/linear.yaml names the workspace "${expected}", but the key belongs to "${actual}".`,
    fix: ({ actual }) =>
      `Use a key of the right workspace. If the workspace changed: opsx init --workspace ${actual} --yes`,
  },
  'workspace/team-mismatch': {
    message: ({ team, expected, actual }: Expected & { team: string }) =>
      `Team ${team} has the id ${expected} in openspec/linear.yaml, but ${actual} in Linear.`,
    fix: ({ team, actual }) =>
      `If the workspace is the right one, write teams.${team}.id: "${actual}" to openspec/linear.yaml.`,
  },
  'workspace/team-renamed': {
    message: ({ team, current }: { team: string; current: string; id: string }) =>
      `Team ${team} of openspec/linear.yaml has the key ${current} in Linear now; its id is the same.`,
    fix: ({ team, current }) =>
      `Rename ${team} to ${current} under teams in openspec/linear.yaml, and in linear_team of the proposals.`,
  },
  'workspace/team-not-found': {
    message: ({ team, available }: { team: string; available: string }) =>
      `Linear returned no team ${team} for this key; it returned ${available || 'none'}.`,
    fix: 'Correct the team under teams in openspec/linear.yaml, or use a Linear key that can read it.',
  },
  'workspace/team-unpinned': {
    message: ({ team }: { team: string; id: string }) =>
      `Team ${team} has no id in openspec/linear.yaml, so opsx cannot detect another team with the same key.`,
    fix: ({ team, id }) => `Add it: teams.${team}.id: "${id}"`,
  },
})

type Expected = { expected: string; actual: string }
