import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readChanges } from '../../src/change/read-changes.ts'
import { parseRegistry } from '../../src/change/registry/parse-registry.ts'
import { parseSchema } from '../../src/change/schema/parse-schema.ts'
import { parseSchemaName } from '../../src/change/schema/schema-name.ts'
import { OpsxError } from '../../src/errors.ts'
import { trackChange } from '../../src/ledger/track-change.ts'
import { generatedMarkdown } from '../support/generated-markdown.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const runs = { numRuns: process.env.OPSX_LONG ? 20_000 : 500, seed: 7 }
const KEYS = [
  'linear_story_id',
  'linear_story_url',
  'linear_team',
  'attempt_log',
  'review_round',
  'last_synced_state',
]

const yaml = fc
  .array(
    fc.tuple(
      fc.constantFrom(...KEYS, 'team', 'teams', 'schema', 'issue', '__proto__'),
      fc.json({ maxDepth: 3 }),
    ),
  )
  .map(pairs => pairs.map(([key, value]) => `${key}: ${value}\n`).join(''))
const bytes = fc.uint8Array({ maxLength: 300 }).map(array => Buffer.from(array).toString('utf8'))
const text = fc.oneof(
  bytes,
  generatedMarkdown,
  yaml,
  fc.tuple(yaml, generatedMarkdown).map(([front, body]) => `---\n${front}---\n${body}`),
)

it('whatever the files contain, reading ends with changes and findings', () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 6, maxLength: 6 }),
      ([proposal, tasks, verify, own, meta, config]) => {
        const base = 'openspec/changes/any'
        const files = memoryWorkspace({
          [`${base}/proposal.md`]: proposal ?? '',
          [`${base}/tasks.md`]: tasks ?? '',
          [`${base}/verify.md`]: verify ?? '',
          [`${base}/linear.yaml`]: own ?? '',
          [`${base}/.openspec.yaml`]: meta ?? '',
          'openspec/config.yaml': config ?? '',
        })
        const [change] = readChanges(files, { archived: 'all' }).map(trackChange)
        expect(change?.name).toBe('any')
        for (const { offset, marker } of change?.tasks?.boxes ?? []) {
          expect((tasks ?? '').slice(offset, offset + marker.length)).toBe(marker)
        }
      },
    ),
    runs,
  )
})

it('whatever a registry or schema contains, it is read or refused by name', () => {
  fc.assert(
    fc.property(text, source => {
      parseSchemaName(source)
      parseSchema(source, { name: 'any', directory: 'openspec/schemas/any' })
      try {
        parseRegistry(source, 'openspec/linear.yaml')
      } catch (error) {
        expect(error).toBeInstanceOf(OpsxError)
      }
    }),
    runs,
  )
})
