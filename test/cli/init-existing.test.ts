import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { contextWith, type RunOptions, runOpsx } from '../support/cli.ts'
import { createRepository } from '../support/git-repository.ts'
import { readLinearSchema } from '../support/linear-schema.ts'
import { startLocalLinear } from '../support/local-linear.ts'

const REGISTRY = 'openspec/linear.yaml'
const PROPOSAL = [
  '---',
  'linear_story_identifier: DCK-4',
  'linear_story_url: https://linear.app/harbour/issue/DCK-4/number-the-berths',
  'linear_team: Docks',
  'linear_project: North Quay',
  '---',
  '',
  '## Why',
  '',
  'Nobody finds a berth.',
  '',
].join('\n')
const BOUND = {
  'openspec/changes/number-berths/proposal.md': PROPOSAL,
  'openspec/changes/number-berths/.openspec.yaml': 'schema: superpowers-bridge\n',
  'openspec/changes/paint-quay/proposal.md': '## Why\n\nIt rusts.\n',
}
const LEGACY = '# Ours.\nteam:\n  key: "DCK" # the docks\n  name: "Docks"\nproject: { name: "North Quay" }\n'

function adopted(files: Record<string, string>) {
  const repository = createRepository()
  onTestFinished(() => repository.remove())
  repository.commit('Theirs', files)
  const opsx = (args: string[], options: Partial<RunOptions> = {}) =>
    runOpsx(args, { cwd: repository.path, ...options })
  const read = (path: string) => readFileSync(join(repository.path, path), 'utf8')
  return { repository, opsx, read }
}

async function harbour() {
  const linear = await startLocalLinear({
    schema: readLinearSchema(),
    seed: {
      organization: { name: 'Harbour', urlKey: 'harbour', previousUrlKeys: [] },
      users: [{ name: 'Ada' }],
      teams: [{ key: 'DCK', name: 'Dock works' }],
      projects: [{ name: 'North Quay' }],
      issues: [{ identifier: 'DCK-4', title: 'Number the berths', project: 'North Quay' }],
    },
  })
  onTestFinished(() => linear.close())
  return { linear, env: { LINEAR_GRAPHQL_ENDPOINT: linear.url, LINEAR_API_KEY: 'lin_api_local' } }
}

/** A person at a terminal who answers once. */
function answering(answer: string, asked: string[]): Pick<RunOptions, 'wrap'> {
  return {
    wrap: context => {
      const ask = async (question: string) => {
        asked.push(question)
        return answer
      }
      const { terminal } = context
      return contextWith(context, {
        terminal: Object.create(terminal, Object.getOwnPropertyDescriptors({ interactive: true, ask })),
      })
    },
  }
}

test('it describes the repository, proposes the registry and writes none of it unasked', async () => {
  const { opsx, repository } = adopted(BOUND)
  const { exitCode, stdout } = await opsx(['init'])
  expect(exitCode).toBe(0)
  for (const line of [
    '2 open, 0 archived',
    'superpowers-bridge (1)',
    'DCK, written "Docks" (1)',
    'North Quay (1)',
  ])
    expect(stdout).toContain(line)
  expect(stdout).toMatch(
    /describe this registry:\n {2}workspace +harbour\n {2}team +DCK \(Docks\)\n {2}project +north-quay/,
  )
  expect(stdout).toMatch(/Next:\n {2}opsx init --yes .*\n {2}opsx status .*\n {2}opsx verify --all .*\n$/)
  expect(repository.status()).toEqual(['?? openspec/config.yaml'])
})

test('with --yes it writes what it proposed, so that their spellings resolve, and a second run writes nothing', async () => {
  const { opsx, read } = adopted(BOUND)
  const first = (await opsx(['init', '--yes', '--json'])).json()
  expect(first.writes).toEqual(['openspec/config.yaml', REGISTRY])
  expect(first.next).toHaveLength(3)
  expect(read('openspec/config.yaml')).toBe('schema: superpowers-bridge\n')
  expect(read(REGISTRY)).toContain('workspace: { slug: "harbour", id: "" }')
  expect(read(REGISTRY)).toContain('"DCK": { id: "", name: "Docks" }')
  expect(read(REGISTRY)).toContain('"north-quay": { id: "", name: "North Quay", teams: ["DCK"] }')
  const status = (await opsx(['status', '--json'])).json()
  expect(status.findings).toEqual([])
  expect((await opsx(['init', '--yes', '--json'])).json().writes).toEqual([])
})

test('with a key, ids come from Linear by one request that changes nothing', async () => {
  const { opsx, read } = adopted(BOUND)
  const { linear, env } = await harbour()
  const { exitCode } = await opsx(['init', '--yes'], { env })
  expect(exitCode).toBe(0)
  const { organization, teams, projects } = linear.store.state
  expect(read(REGISTRY)).toContain(`workspace: { slug: "harbour", id: "${organization.id}" }`)
  expect(read(REGISTRY)).toContain(`"DCK": { id: "${teams[0]?.id}", name: "Docks" }`)
  expect(read(REGISTRY)).toContain(`"north-quay": { id: "${projects[0]?.id}", name: "North Quay"`)
  expect(linear.counters).toMatchObject({ requests: 1, mutations: 0 })
  const again = (await opsx(['init', '--yes', '--json'], { env })).json()
  expect(again.writes).toEqual([])
  expect(linear.counters.requests).toBe(1)
})

test('a key of another workspace is named, and nothing of that workspace is proposed', async () => {
  const elsewhere = PROPOSAL.replace('linear.app/harbour', 'linear.app/lighthouse')
  const { opsx } = adopted({ ...BOUND, 'openspec/changes/number-berths/proposal.md': elsewhere })
  const { env } = await harbour()
  const { proposal, notes } = (await opsx(['init', '--json'], { env })).json()
  expect(proposal).toMatchObject({ slug: 'lighthouse', organizationId: '', teams: [{ key: 'DCK', id: '' }] })
  expect(notes).toEqual([expect.stringContaining('belongs to workspace "harbour"')])
})

test('an unreachable Linear and a refused key cost the ids, not the proposal', async () => {
  const { opsx } = adopted(BOUND)
  const { linear, env } = await harbour()
  const refused = (
    await opsx(['init', '--json'], { env: { ...env, LINEAR_API_KEY: 'lin_api_wrong' } })
  ).json()
  expect(refused.proposal).toMatchObject({ slug: 'harbour', organizationId: '' })
  expect(refused.notes[0]).toContain('Linear could not be read')
  const requests = linear.counters.requests
  expect((await opsx(['init', '--offline', '--json'], { env })).json().notes).toEqual([])
  expect(linear.counters.requests).toBe(requests)
})

test('links to two workspaces propose neither', async () => {
  const other = PROPOSAL.replaceAll('harbour', 'lighthouse')
  const { opsx } = adopted({ ...BOUND, 'openspec/changes/light-lamp/proposal.md': other })
  const { writes, proposal, notes } = (await opsx(['init', '--yes', '--json'])).json()
  expect(proposal).toBe(null)
  expect(writes).toEqual(['openspec/config.yaml'])
  expect(notes[0]).toContain('lighthouse (1), harbour (1)')
})

test.each([
  ['', true, 'slug: "harbour"'],
  ['yes', true, 'slug: "harbour"'],
  ['local', true, 'slug: "local"'],
  ['lighthouse', true, 'slug: "lighthouse"'],
  ['none', false, ''],
  ['No', false, ''],
])('a person is asked once and answers %j', async (answer, written, text) => {
  const { opsx, read, repository } = adopted(BOUND)
  const asked: string[] = []
  const { exitCode } = await opsx(['init'], answering(answer, asked))
  expect(exitCode).toBe(0)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toContain('none')
  if (written) expect(read(REGISTRY)).toContain(text)
  else expect(repository.status()).toEqual(['?? openspec/config.yaml'])
})

test.each([
  ['a registry that is there', { [REGISTRY]: 'workspace: { slug: harbour }\nteams: { DCK: {} }\n' }, []],
  ['flags', {}, ['--workspace', 'harbour']],
  ['--yes', {}, ['--yes']],
  ['--json', {}, ['--json']],
])('nobody is asked with %s', async (_, files, args) => {
  const { opsx } = adopted({ ...BOUND, ...files })
  const asked: string[] = []
  expect((await opsx(['init', ...args], answering('none', asked))).exitCode).toBe(0)
  expect(asked).toEqual([])
})

test('an answer that is not a workspace slug is refused before anything is written', async () => {
  const { opsx, repository } = adopted(BOUND)
  const { exitCode } = await opsx(['init'], answering('../else', []))
  expect(exitCode).toBe(2)
  expect(repository.status()).toEqual([])
})

test.each([
  ['a pinned one', 'workspace: { slug: harbour }\nteams: { DCK: {} }\n'],
  ['one of the older form', LEGACY],
])('--local --yes leaves a registry alone: %s', async (_, registry) => {
  const { opsx, repository, read } = adopted({ ...BOUND, [REGISTRY]: registry })
  const { exitCode, stdout } = await opsx(['init', '--local', '--yes'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('--local was ignored')
  expect(read(REGISTRY)).toBe(registry)
  expect(repository.status()).toEqual(['?? openspec/config.yaml'])
})

test('a registry of the older form gets the pin alone, and stays one', async () => {
  const { opsx, read } = adopted({ ...BOUND, [REGISTRY]: LEGACY })
  expect((await opsx(['init', '--workspace', 'harbour', '--team', 'DCK'])).exitCode).toBe(0)
  const text = read(REGISTRY)
  expect(text.replace(/^workspace:.*\n(?: {2}.*\n){0,2}/m, '')).toBe(LEGACY)
  const { findings, changes } = (await opsx(['status', '--json'])).json()
  expect(findings).toEqual([])
  expect(changes[0].binding.identifier).toBe('DCK-4')
  expect((await opsx(['init', '--json'])).json()).toMatchObject({
    writes: [],
    registry: { dialect: 'legacy', workspace: 'harbour', teams: ['DCK'] },
  })
  const second = await opsx(['init', '--workspace', 'harbour', '--team', 'LGT', '--json'])
  expect(second.exitCode).toBe(2)
  expect(read(REGISTRY)).toBe(text)
})

test('a bound team that the registry does not have is named with the command that adds it', async () => {
  const { opsx } = adopted({ ...BOUND, [REGISTRY]: 'workspace: { slug: harbour }\nteams: { LGT: {} }\n' })
  const { notes } = (await opsx(['init', '--json'])).json()
  expect(notes).toEqual([expect.stringContaining('opsx init --team DCK')])
})

test('a schema that is not in the repository is named, and new changes use a built-in one', async () => {
  const { opsx, read } = adopted({ 'openspec/changes/a/.openspec.yaml': 'schema: house-style\n' })
  const { stdout } = await opsx(['init'])
  expect(stdout).toContain('openspec/schemas/house-style is not in this repository')
  expect(read('openspec/config.yaml')).toBe('schema: spec-driven\n')
})

test('control characters of proposals do not reach the terminal', async () => {
  const sly = PROPOSAL.replace('North Quay', '"North\\e[31m Quay"')
  const { opsx } = adopted({ 'openspec/changes/number-berths/proposal.md': sly })
  expect((await opsx(['init'])).stdout).not.toContain('\u001b')
})

test('a sync counts the bound changes in step, and not those whose binding cannot be read', async () => {
  const unknown = PROPOSAL.replaceAll('DCK-4', 'DCK-5').replace(
    'linear_team',
    'last_synced_state: Todo\nlinear_team',
  )
  const { opsx } = adopted({
    'openspec/changes/number-berths/proposal.md': unknown,
    'openspec/changes/read-me/proposal.md': '---\na: 1\na: 2\n---\n\n## Why\n\nTwice.\n',
    'openspec/changes/read-me-not/linear.yaml': 'issue: {\n',
  })
  const { env } = await harbour()
  await opsx(['init', '--yes'], { env })
  const { stdout, stderr } = await opsx(['sync', '--dry-run'], { env })
  expect(stdout).toContain('Nothing written: 0 of 1 change in step.')
  expect(stderr).toContain('read-me-not/linear.yaml:2: The YAML of the binding is not')
})
