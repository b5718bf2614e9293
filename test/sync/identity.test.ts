import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerEntry } from '../../src/ledger/ledger.ts'
import { adoptedChangeId, commentId, countedCause, shortEvidence } from '../../src/sync/identity.ts'

const entry = (transition: string, outcome = 'posted'): LedgerEntry => {
  const [from, to] = transition.split('->') as [LedgerEntry['from'], LedgerEntry['to']]
  return { at: null, transition, from, to, outcome, note: null, evidence: null }
}

describe('derived ids', () => {
  it('are UUIDs of version 4, whatever they derive from', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (change, milestone, cause) => {
        expect(commentId(change, milestone, cause)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        )
      }),
      { seed: 1 },
    )
  })

  it('are the same for the same facts and differ when one fact differs', () => {
    const id = commentId('c', 'In Review', 'sha256:aa')
    expect(commentId('c', 'In Review', 'sha256:aa')).toBe(id)
    expect(commentId('d', 'In Review', 'sha256:aa')).not.toBe(id)
    expect(commentId('c', 'Done', 'sha256:aa')).not.toBe(id)
    expect(commentId('c', 'In Review', 'sha256:bb')).not.toBe(id)
  })

  it('are pinned: a new release must not repeat the comments of an old one', () => {
    expect(commentId('7d3f6a0e-5a55-4a83-9a5e-0a2f2f9c1b11', 'Todo', '0')).toBe(
      '54f07fed-193d-4b2c-ad22-e6f0cb08d768',
    )
    expect(adoptedChangeId('2e4f94e9-0c9b-4a87-8c43-5f3a1f0f6c15', 'add-dark-mode')).toBe(
      '2bb3d5c5-2ae9-4d27-b419-3fa7d4c8e30b',
    )
  })

  it('count earlier posted arrivals and every reopening as a cause of their own', () => {
    expect(countedCause([], 'Done')).toBe('0')
    expect(countedCause([entry('In Review->Done', 'failed')], 'Done')).toBe('0')
    expect(countedCause([entry('In Review->Done'), entry('Done->In Progress')], 'Done')).toBe('2')
    expect(countedCause([entry('In Review->Done'), entry('Done->In Progress')], 'In Progress')).toBe('1')
  })

  it('show twelve digits of the evidence', () => {
    expect(shortEvidence(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('0123456789ab')
  })
})
