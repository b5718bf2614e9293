import { expect, test } from 'vitest'
import type { Files } from '../support/git-repository.ts'
import { codesOf, createScenario, REGISTRY, readFile } from '../support/scenario.ts'
import { BASE, bound, exists, MAIN_SPEC, PROJECT, registryWith, verified } from './archivable.ts'

const AREA = 'web/look'
const NESTED = `openspec/specs/${AREA}/theme/spec.md`

/** The same files with the capability `theme` in an area of an area. */
function nested(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.replace('specs/theme/', `specs/${AREA}/theme/`),
      text?.replace('`theme`', `\`${AREA}/theme\``).replace('# theme Spec', `# ${AREA}/theme Spec`) ?? null,
    ]),
  )
}

test('a capability in nested areas is verified, archived, mirrored and audited under its whole name', async () => {
  const scenario = await createScenario({
    state: 'In Review',
    seed: { projects: [{ name: PROJECT }] },
    files: nested(BASE),
  })
  const { repository, opsx, linear } = scenario
  const files = nested(verified({ frontmatter: bound() }))
  repository.commit('Work', { [REGISTRY]: registryWith(scenario), ...files })
  const before = readFile(repository, NESTED)

  const found = await opsx(['verify', '--json'])
  expect(codesOf(found).filter(code => /^(?:delta|spec|artifact)\//.test(code))).toEqual([])

  const ran = await opsx(['archive', 'add-dark-mode', '--json'])
  expect(ran.json()).toMatchObject({
    ok: true,
    specs: [{ capability: `${AREA}/theme`, path: NESTED, action: 'update' }],
    documents: [`OpenSpec: ${AREA}/theme`],
  })
  expect(readFile(repository, NESTED)).not.toBe(before)
  expect(exists(repository, MAIN_SPEC)).toBe(false)

  repository.commit('Archive')
  expect((await opsx(['sync', '--json'])).json().ok).toBe(true)
  expect(linear.store.documents(PROJECT).map(({ title }) => title)).toEqual([`OpenSpec: ${AREA}/theme`])
  expect(readFile(repository, REGISTRY)).toContain(`${AREA}/theme`)
  expect((await opsx(['sync', '--json'])).json()).toMatchObject({ plan: [], mutations: 0 })
  expect((await opsx(['ledger', 'audit', '--json'])).exitCode).toBe(0)
})
