import type { CodesOf, Pages } from './page.ts'

export const BINDING_PAGES: Pages<CodesOf<'binding'>> = {
  'binding/unreadable': {
    means: "The frontmatter of proposal.md, or the change's own linear.yaml, is not valid YAML.",
    why: 'opsx cannot tell which issue the change belongs to, so it counts as unbound and nothing is written for it.',
    fix: 'Correct the YAML at the line named; a value with a colon in it needs quotes.',
    example: `---
linear_story_title: "Dark mode: first part"
---`,
  },
  'binding/disagreement': {
    means: 'Two places name two different issues: id, identifier and url, or proposal.md and linear.yaml.',
    why: 'opsx does not guess whose state it would move, so sync leaves the change alone.',
    fix: 'Remove the wrong one by hand, or bind again on purpose with --force.',
    example: `linear_story_identifier: CAM-15
linear_story_url: https://linear.app/acme/issue/CAM-16/dark-mode

$ opsx bind add-dark-mode CAM-15 --force`,
  },
  'binding/link-only': {
    means: 'Only a link under a "Linear Issue" heading of the proposal ties the change to an issue.',
    why: 'A link may be a mention, so opsx shows the issue and never writes to it.',
    fix: 'Bind the change if the issue is the right one.',
    example: `## Linear Issue
https://linear.app/acme/issue/CAM-15/dark-mode

$ opsx bind add-dark-mode CAM-15`,
  },
  'binding/team-unknown': {
    means: 'The team that the change names, or that its issue is in, is not in openspec/linear.yaml.',
    why: 'The names of its states are not known, so the change is recorded as dropped and not moved.',
    fix: 'Add the team to the registry; opsx bind does that for the team of the issue.',
    example: `teams:
  "CAM": { id: "3b1f0c9e-…", name: "Camera" }`,
  },
  'binding/project-unknown': {
    means: 'linear_project of the proposal names a project that is not in openspec/linear.yaml.',
    why: 'Without its id, opsx cannot find the project in Linear.',
    fix: 'Register the project, correct the slug, or remove the key when the change has no project.',
    example: `projects:
  "build-performance": { id: "8a2d…", name: "Build performance", teams: ["CAM"] }`,
  },
  'binding/shared-issue': {
    means: 'Several changes are bound to one issue, and at least one of them is still open.',
    why: 'The issue can show one state only: it follows the least advanced of the changes.',
    fix: 'Leave it so if that is what you want, or give each change an issue of its own.',
    example: `$ opsx bind add-dark-mode CAM-15
$ opsx bind add-contrast-check CAM-22 --force`,
  },
}
