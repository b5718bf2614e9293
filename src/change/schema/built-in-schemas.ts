import type { Schema, SchemaArtifact } from './parse-schema.ts'

const PROPOSAL = artifact('proposal', 'proposal.md', [])
const SPECS = { id: 'specs', generates: 'specs/**/*.md', template: 'spec.md', requires: ['proposal'] }
const DESIGN = artifact('design', 'design.md', ['proposal'])
const TASKS = artifact('tasks', 'tasks.md', ['specs', 'design'])

/** The schemas that come with opsx. A schema of the project with the same name replaces them. */
export const BUILT_IN_SCHEMAS: readonly Schema[] = [
  { name: 'spec-driven', directory: null, artifacts: [PROPOSAL, SPECS, DESIGN, TASKS] },
  {
    name: 'superpowers-bridge',
    directory: null,
    artifacts: [
      artifact('brainstorm', 'brainstorm.md', []),
      { ...PROPOSAL, requires: ['brainstorm'] },
      { ...DESIGN, requires: ['brainstorm', 'proposal'] },
      SPECS,
      TASKS,
      artifact('plan', 'plan.md', ['tasks']),
      artifact('verify', 'verify.md', ['plan']),
      artifact('retrospective', 'retrospective.md', ['verify']),
    ],
  },
]

function artifact(id: string, generates: string, requires: string[]): SchemaArtifact {
  return { id, generates, template: generates, requires }
}
