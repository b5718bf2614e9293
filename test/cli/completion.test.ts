import { execFileSync, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { runOpsx } from '../support/cli.ts'
import {
  createRepository,
  gitEnvironment,
  type Repository,
  temporaryDirectory,
} from '../support/git-repository.ts'
import { installOpsx } from '../support/opsx-process.ts'

const TASKS = '## 1. A\n\n- [x] 1.1 Draw\n- [ ] 1.2 Paint\n- [ ] 1.3a Hang\n- [~] 2.1 Sell\n'
const proposal = '## Why\n\nBecause.\n'

let repository: Repository
let place: string

beforeAll(() => {
  repository = createRepository()
  repository.write({
    'openspec/linear.yaml': 'projects: { north-quay: { name: "North Quay" } }\n',
    'openspec/figures.yaml':
      'figures:\n  tests: { measure: { run: t, parse: { junit: r.xml } }, yields: { passed: {} } }\n',
    'openspec/schemas/house-style/schema.yaml': 'artifacts: []\n',
    'openspec/changes/add-dark/proposal.md': proposal,
    'openspec/changes/add-dark/tasks.md': TASKS,
    'openspec/changes/add-light/proposal.md': proposal,
    'openspec/changes/$(touch hacked)/proposal.md': proposal,
    'openspec/changes/archive/2026-01-02-old-one/proposal.md': proposal,
    'apps/web/openspec/changes/web-change/proposal.md': proposal,
  })
  place = temporaryDirectory()
  installOpsx(join(place, 'bin'))
})

afterAll(() => {
  repository.remove()
  rmSync(place, { recursive: true, force: true })
})

/** What is offered for the words behind `opsx`, the last of them unfinished. */
async function offered(...words: string[]): Promise<string[]> {
  const { exitCode, stdout, stderr } = await runOpsx(['__complete', ...words], { cwd: repository.path })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout.split('\n').flatMap(line => (line === '' ? [] : [line.split('\t')[0] ?? '']))
}

describe('what is offered', () => {
  it.each<[string, string[], string[]]>([
    ['a verb', ['sta'], ['status']],
    ['a verb below a verb', ['task', ''], ['list', 'check', 'uncheck', 'defer', 'help']],
    ['open changes', ['status', ''], ['add-dark', 'add-light']],
    ['archived ones, when no open one begins like that', ['status', 'o'], ['old-one']],
    ['all of them to be reopened', ['reopen', ''], ['add-dark', 'add-light', 'old-one']],
    ['each change once', ['verify', 'add-dark', ''], ['add-light']],
    ['a change behind flags', ['--json', 'verify', '--fail-on', 'warning', 'add-l'], ['add-light']],
    ['tasks that can be checked', ['task', 'check', 'add-dark', ''], ['1.2', '1.3a', '2.1']],
    ['those not named yet', ['task', 'check', 'add-dark', '1.2', ''], ['1.3a', '2.1']],
    ['tasks that can be unchecked', ['task', 'uncheck', 'add-dark', ''], ['1.1', '2.1']],
    ['tasks that can be deferred', ['task', 'defer', 'add-dark', '1.3'], ['1.3a']],
    ['codes of findings', ['explain', 'tasks/o'], ['tasks/open', 'tasks/odd-marker']],
    ['codes of errors', ['explain', 'WORKSPACE_M'], ['WORKSPACE_MISMATCH']],
    ['flags', ['status', '--re'], ['--remote']],
    ['flags of a verb below', ['task', 'check', '--b'], ['--by']],
    ['values of a flag', ['verify', '--fail-on', ''], ['critical', 'warning', 'suggestion']],
    ['values behind an equals sign', ['verify', '--fail-on=w'], ['warning']],
    ['the same as bash splits it', ['verify', '--fail-on', '=', 'w'], ['warning']],
    ['the same before the value', ['verify', '--fail-on', '='], ['critical', 'warning', 'suggestion']],
    ['formats', ['verify', '--format', 'j'], ['json', 'junit']],
    ['schemas', ['new', 'x', '--schema', ''], ['spec-driven', 'superpowers-bridge', 'house-style']],
    ['projects', ['bind', 'add-dark', 'X-1', '--project', ''], ['north-quay']],
    ['what a duplicate is of', ['duplicate', 'add-dark', '--of', 'add-'], ['add-dark', 'add-light']],
    ['figures', ['figures', 'list', ''], ['tests.passed']],
    ['parts of the ledger', ['ledger', 'l'], ['lint']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['changes of another root', ['status', '-C', 'apps/web', ''], ['web-change']],
    ['nothing for a new name', ['new', ''], []],
    ['nothing for a reason', ['cancel', 'add-dark', '--reason', ''], []],
    ['nothing in a directory that is none', ['status', '-C', 'nowhere', ''], []],
    ['nothing behind an unknown verb', ['nonsense', ''], []],
  ])('%s: %j', async (_, words, wanted) => {
    const found = await offered(...words)
    expect([...found].sort()).toEqual([...wanted].sort())
  })

  it('is every verb but those for programs', async () => {
    const verbs = await offered('')
    expect(verbs).toEqual(expect.arrayContaining(['init', 'verify', 'completion', 'demo']))
    expect(verbs.filter(verb => verb.startsWith('_') || verb === 'merge-driver')).toEqual([])
  })

  it('is nothing outside a repository, but for verbs and flags', async () => {
    const at = (...words: string[]) => runOpsx(['__complete', ...words], { cwd: place })
    expect(await at('status', '')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
    expect((await at('stat')).stdout).toContain('status')
  })

  it('has a description, on one line without control characters', async () => {
    repository.write({ 'openspec/changes/add-light/tasks.md': '- [ ] 1.1 Red \u001b[31m\there\n' })
    const { stdout } = await runOpsx(['__complete', 'task', 'check', 'add-light', ''], {
      cwd: repository.path,
    })
    expect(stdout).toBe('1.1\tRed [31m here\n')
  })
})

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0

function shell(program: string, script: string, cwd = repository.path): string[] {
  const env = { ...gitEnvironment, PATH: [join(place, 'bin'), process.env.PATH].join(delimiter), HOME: place }
  const output = execFileSync(program, program === 'zsh' ? ['-f', '-c', script] : ['-c', script], {
    cwd,
    env,
    encoding: 'utf8',
  })
  return output.split('\n').filter(Boolean)
}

describe.skipIf(!has('bash'))('in bash', () => {
  const complete = (...words: string[]) =>
    shell(
      'bash',
      `eval "$(opsx completion bash)"; complete -p opsx >/dev/null || exit 1
       COMP_WORDS=(opsx ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
       _opsx opsx; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )

  it('change names, task ids and codes are completed', () => {
    expect(complete('status', 'add-')).toEqual(['add-dark', 'add-light'])
    expect(complete('task', 'check', 'add-dark', '')).toEqual(['1.2', '1.3a', '2.1'])
    expect(complete('explain', 'tasks/op')).toEqual(['tasks/open'])
    expect(complete('verify', '--fail-on', '=', 'w')).toEqual(['warning'])
  })

  it('a directory named like a command is neither offered nor run', () => {
    expect(complete('status', '')).toEqual(['add-dark', 'add-light'])
    expect(repository.status().filter(line => line.includes('hacked') && !line.includes('$('))).toEqual([])
  })
})

describe.skipIf(!has('zsh'))('in zsh', () => {
  const complete = (...words: string[]) =>
    shell(
      'zsh',
      `autoload -U compinit; compinit -u -D; eval "$(opsx completion zsh)"
       [[ $_comps[opsx] == _opsx ]] || exit 1
       _describe() { print -l -- "\${(@P)3}" }; _files() { print files }
       words=(opsx ${words.map(word => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _opsx`,
    )

  it('change names, task ids and codes are completed, and files where nothing is known', () => {
    expect(complete('status', 'add-')).toEqual(['add-dark', 'add-light'])
    expect(complete('task', 'check', 'add-dark', '')).toEqual(['1.2:Paint', '1.3a:Hang', '2.1:Sell'])
    expect(complete('explain', 'tasks/op')[0]).toMatch(/^tasks\/open:/)
    expect(complete('new', '')).toEqual(['files'])
  })
})

describe.skipIf(!has('fish'))('in fish', () => {
  const complete = (line: string) =>
    shell('fish', `opsx completion fish | source; complete -C '${line}'`).map(each => each.split('\t')[0])

  it('change names, task ids and codes are completed', () => {
    expect(complete('opsx status ')).toEqual(['add-dark', 'add-light'])
    expect(complete('opsx status add-l')).toEqual(['add-light'])
    expect(complete('opsx task check add-dark ')).toEqual(['1.2', '1.3a', '2.1'])
    expect(complete('opsx explain tasks/op')).toEqual(['tasks/open'])
  })
})

test('the script of a shell that has none is refused', async () => {
  const { exitCode, json } = await runOpsx(['completion', 'tcsh', '--json'], { cwd: repository.path })
  expect({ exitCode, code: json().error.code }).toEqual({ exitCode: 2, code: 'USAGE' })
})
