import { expect, it } from 'vitest'
import { formatBaseLock, parseBaseLock } from '../../src/specs/base-lock.ts'
import {
  confirmedUpstreamRecord,
  movedUpstream,
  planUpstreamRecord,
  type UpstreamRecord,
} from '../../src/specs/upstream-record.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const rests = (
  spec: string,
  artifacts: Record<string, string>,
  reason: string | null = null,
): UpstreamRecord => ({
  spec: digest(spec),
  artifacts: new Map(Object.entries(artifacts).map(([part, letter]) => [part, digest(letter)])),
  reason,
})

const THEN = rests('a', { 'proposal.md': '1', 'design.md': '2' })

it.each<[string, UpstreamRecord, string[], UpstreamRecord]>([
  ['nothing moved', THEN, [], THEN],
  [
    'design moved',
    rests('a', { 'proposal.md': '1', 'design.md': '3' }),
    ['design.md'],
    rests('a', { 'proposal.md': '1', 'design.md': '2' }),
  ],
  ['design went away', rests('a', { 'proposal.md': '1' }), ['design.md'], THEN],
  [
    'both moved, and the spec with them',
    rests('b', { 'proposal.md': '4', 'design.md': '3' }),
    [],
    rests('b', { 'proposal.md': '4', 'design.md': '3' }),
  ],
  [
    'a part came that was not there when the spec was written',
    rests('a', { 'proposal.md': '1', 'design.md': '2', figures: '5' }),
    [],
    rests('a', { 'proposal.md': '1', 'design.md': '2', figures: '5' }),
  ],
  [
    'a part came and another moved',
    rests('a', { 'proposal.md': '4', 'design.md': '2', figures: '5' }),
    ['proposal.md'],
    rests('a', { 'proposal.md': '1', 'design.md': '2', figures: '5' }),
  ],
])('%s: says what moved, and what is remembered stays until the spec changes', (_, today, moved, next) => {
  expect(movedUpstream(THEN, today)).toEqual(moved)
  expect(planUpstreamRecord(THEN, today)).toEqual(next)
  expect(movedUpstream(planUpstreamRecord(THEN, today), today)).toEqual(moved)
})

it('records the upstream artifacts of today when a person confirms the spec, and the reason', () => {
  const today = rests('a', { 'proposal.md': '1', 'design.md': '3' })
  const confirmed = confirmedUpstreamRecord(THEN, today, 'only wording')
  expect(movedUpstream(confirmed, today)).toEqual([])
  expect(confirmed.reason).toBe('only wording')
  expect(confirmedUpstreamRecord(confirmed, today, 'again')).toBe(confirmed)
  expect(planUpstreamRecord(confirmed, today)).toEqual(confirmed)
  const later = rests('b', { 'proposal.md': '1', 'design.md': '3' })
  expect(planUpstreamRecord(confirmed, later)).toEqual(later)
})

it.each([THEN, { ...THEN, reason: 'only "wording"' }, null])('is in base.lock.json: %j', upstream => {
  const lock = { requirements: new Map([['Doors', null]]), upstream }
  const text = formatBaseLock(lock)
  expect(parseBaseLock(text)).toEqual({ lock, problem: null })
  expect(formatBaseLock(parseBaseLock(text).lock ?? lock)).toBe(text)
})

it.each([
  'null',
  '[]',
  '{"spec":"sha256:1","upstream":{}}',
  `{"spec":"${digest('a')}","upstream":{"design.md":1}}`,
  `{"spec":"${digest('a')}","upstream":{},"holds":1}`,
])('is told when it is %s', restsOn => {
  const { lock, problem } = parseBaseLock(`{"schema":"opsx/base@1","restsOn":${restsOn},"requirements":{}}`)
  expect([lock, problem]).toEqual([
    null,
    'restsOn has no valid digests of the spec and its upstream artifacts',
  ])
})
