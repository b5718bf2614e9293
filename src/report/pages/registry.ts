import type { CodesOf, Pages } from './page.ts'

/** About openspec/linear.yaml and the workspace it names. */
export const REGISTRY_PAGES: Pages<CodesOf<'registry' | 'workspace'>> = {
  'registry/mixed-dialects': {
    means: 'openspec/linear.yaml has the older keys team and project beside teams and projects.',
    why: 'Two places say the same thing: the newer keys count, the older only fill what they leave out.',
    fix: 'Move team and project into teams and projects.',
    example: `teams:
  "CAM": { id: "3b1f0c9e-…", name: "Camera" }`,
  },
  'registry/unreadable': {
    means: 'openspec/linear.yaml is not valid YAML, or not a mapping.',
    why: 'opsx neither reads the board nor changes the file while it cannot read it.',
    fix: 'Correct the line that the message names.',
    example: `workspace: { slug: "acme" }
teams:
  "CAM": { name: "Camera" }`,
  },
  'workspace/unpinned': {
    means: 'openspec/linear.yaml does not say which Linear workspace the repository belongs to.',
    why: 'A key of another workspace would file issues there, so nothing is written until it is said.',
    fix: 'Pin the workspace, after a look at its name.',
    example: `$ opsx init --workspace acme --team CAM`,
  },
  'workspace/mismatch': {
    means: 'The Linear key belongs to another workspace than openspec/linear.yaml names.',
    why: "Every write would go to another project's board.",
    fix: 'Use a key of the right workspace; pin the other one only when the repository has moved.',
    example: `workspace: { slug: "acme", id: "…" }

$ LINEAR_API_KEY=lin_api_… opsx doctor`,
  },
  'workspace/team-mismatch': {
    means: 'A team of the registry does not exist in the workspace, is not visible, or has another id there.',
    why: 'A key such as CAM may belong to another team than the one that was meant.',
    fix: 'Check first that the workspace is the right one, then correct the key or the id of the team.',
    example: `teams:
  "CAM": { id: "3b1f0c9e-…", name: "Camera" }`,
  },
  'workspace/team-renamed': {
    means: 'A team of the registry has another key in Linear now; its id shows that it is the same team.',
    why: 'opsx looks teams up by their key, and writes nothing until the registry has the new one.',
    fix: 'Rename the key under teams, and linear_team in the proposals of open changes.',
    example: `teams:
  "PHO": { id: "3b1f0c9e-…", name: "Photo" }    # was "CAM"`,
  },
  'workspace/team-not-found': {
    means: 'Linear shows this key no team with the key or the id that the registry has.',
    why: 'Changes of that team cannot be synced: the key is mistyped, or the team is private to others.',
    fix: 'Correct the key under teams; the message lists the teams that the Linear key may see.',
    example: `teams:
  "CAM": { id: "3b1f0c9e-…", name: "Camera" }`,
  },
  'workspace/team-unpinned': {
    means: 'A team of the registry has no id.',
    why: 'A move of the workspace keeps keys and changes ids; without the id, another team behind the same key passes.',
    fix: 'Write the id that the message names.',
    example: `teams:
  "CAM": { id: "3b1f0c9e-…" }`,
  },
}
