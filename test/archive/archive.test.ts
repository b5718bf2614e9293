import { expect, test } from 'vitest'
import { codesOf, ledgerOf, REGISTRY, readFile } from '../support/scenario.ts'
import { ARCHIVED, createArchivable, DIRECTORY, exists, MAIN_SPEC, PROJECT, treeOf } from './archivable.ts'

test('an archive merges the specs, moves the directory, and updates Linear once it is committed', async () => {
  const { repository, opsx, board, linear } = await createArchivable()
  const before = readFile(repository, MAIN_SPEC)
  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(ran.json()).toMatchObject({
    schema: 'opsx/archive@1',
    ok: true,
    to: ARCHIVED,
    archived: true,
    specs: [{ capability: 'theme', path: MAIN_SPEC, action: 'update' }],
    documents: ['OpenSpec: theme'],
    board: null,
  })
  expect(codesOf(ran)).toEqual(['sync/waits-for-merge'])
  expect(board()).toMatchObject({ mutations: 0, state: 'In Review' })
  expect(readFile(repository, MAIN_SPEC)).not.toBe(before)
  expect(exists(repository, DIRECTORY)).toBe(false)
  expect(exists(repository, '.opsx/archive')).toBe(false)

  repository.commit('Archive')
  const synced = await opsx(['sync', '--json'])
  expect(synced.json().plan[0].actions.map(({ type }: { type: string }) => type)).toEqual([
    'mirror',
    'comment',
    'move',
    'record',
  ])
  expect(board()).toEqual({ mutations: 3, moves: 1, comments: 1, state: 'Done' })
  const [document, ...more] = linear.store.documents(PROJECT)
  expect(more).toEqual([])
  expect(document).toMatchObject({ title: 'OpenSpec: theme' })
  expect(ledgerOf(repository, `${ARCHIVED}/proposal.md`)).toEqual([
    'In Progress->In Review posted',
    'In Review->Done posted',
  ])
  const proposal = readFile(repository, `${ARCHIVED}/proposal.md`)
  expect(proposal).toMatch(/^review_round: 0$/m)
  expect(proposal).toContain('T4: the change is archived; 1 document mirrored')
  const registry = readFile(repository, REGISTRY)
  expect(registry).toContain('# the shelf')
  expect(registry).toContain(document?.id)

  const tree = treeOf(repository.path)
  const again = await opsx(['sync', '--json'])
  expect(again.json()).toMatchObject({ plan: [], mutations: 0 })
  expect(treeOf(repository.path)).toEqual(tree)
})
