import type { CodesOf, Pages } from './page.ts'

export const ARTIFACT_PAGES: Pages<CodesOf<'artifact' | 'design'>> = {
  'artifact/missing': {
    means: "The change's workflow schema lists an artifact whose file does not exist.",
    why: 'Proposal and tasks are needed to verify anything; another missing artifact is a warning.',
    fix: 'Write the file, or choose a schema that does not ask for it.',
    example: `# openspec/changes/add-dark-mode/.openspec.yaml
schema: spec-driven    # proposal, specs, design, tasks`,
  },
  'artifact/capability-without-delta': {
    means: 'The proposal lists a capability, and the change has no delta spec for it.',
    why: 'The archive would leave the main spec of that capability as it is, against what was announced.',
    fix: 'Write the delta spec, or take the capability out of the proposal.',
    example: `## Capabilities
- \`theme\`: the reader chooses light or dark

openspec/changes/add-dark-mode/specs/theme/spec.md`,
  },
  'artifact/delta-without-capability': {
    means: 'The change has a delta spec for a capability that the proposal does not list under Capabilities.',
    why: 'Whoever reads only the proposal does not learn that this capability changes.',
    fix: 'Add one list item with the name in backticks and a sentence.',
    example: `## Capabilities
- \`theme\`: the reader chooses light or dark`,
  },
  'artifact/upstream-changed': {
    means: 'Proposal or design changed after the delta spec that rests on them was last changed.',
    why: 'The spec may say something else than was decided, and verifying again does not settle that.',
    fix: 'Read it against them and change it, or say why it holds: --still-holds, kept in base.lock.json.',
    example: `$ git diff HEAD~1 --stat
 openspec/changes/add-dark-mode/design.md | 4 ++--
$ opsx verify add-dark-mode --write --still-holds "only the wording of D2 changed"`,
  },
  'design/unknown-decision': {
    means: 'Proposal or tasks refer to a decision such as D3, and no heading of design.md has that number.',
    why: 'The reference leads nowhere: the decision was renumbered, removed or never written.',
    fix: 'Correct the number, or write the decision.',
    example: `- [ ] 1.2 Store the choice per device (D3)

## D3: The choice is stored per device`,
  },
}
