import { describe, expect, it } from 'vitest'
import type { Definition, Figure } from '../../src/figures/definitions/definition.ts'
import { parseDefinitions } from '../../src/figures/definitions/parse-definitions.ts'
import { commandDigest } from '../../src/figures/measuring/command-digest.ts'
import { createInputs } from '../../src/figures/measuring/inputs.ts'
import { trustDigest } from '../../src/trusted-commands/accepted-commands.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const FILES = {
  'flake.nix': 'a',
  'src/a.ts': 'a\nb\n',
  'src/.hidden.ts': 'h',
  'src/deep/b.ts': 'b',
  'src/deep/b.md': 'm',
  'src/node_modules/x/c.ts': 'c',
  'node_modules/y/d.ts': 'd',
  '.git/config': 'g',
  '.github/workflows/ci.yml': 'w',
}

describe('the files of globs', () => {
  it.each([
    [['flake.nix'], ['flake.nix']],
    [['./flake.nix'], ['flake.nix']],
    [['src/*.ts'], ['src/a.ts']],
    [['src/**'], ['src/a.ts', 'src/deep/b.md', 'src/deep/b.ts']],
    [['src/'], ['src/a.ts', 'src/deep/b.md', 'src/deep/b.ts']],
    [['**/*.ts'], ['src/a.ts', 'src/deep/b.ts']],
    [
      ['src/**', '!**/*.md'],
      ['src/a.ts', 'src/deep/b.ts'],
    ],
    [['src/{a,deep/b}.ts'], ['src/a.ts', 'src/deep/b.ts']],
    [['node_modules/**/*.ts'], ['node_modules/y/d.ts']],
    [['.github/**/*.yml'], ['.github/workflows/ci.yml']],
    [['.git/config'], ['.git/config']],
    [['src/.hidden.ts'], ['src/.hidden.ts']],
    [['missing/**', 'nothing'], []],
    [['../secret', '/etc/passwd', 'src/../../x', 'C:/x', ''], []],
  ])('%j are %j', (globs, expected) => {
    expect(createInputs(memoryWorkspace(FILES)).files.of(globs)).toEqual(expected)
  })

  it('never enters .git or node_modules unasked', () => {
    const workspace = memoryWorkspace(FILES)
    const entered: string[] = []
    const list = (directory: string) => {
      entered.push(directory)
      return workspace.list(directory)
    }
    createInputs({ ...workspace, list }).files.of(['**/*.ts', 'src/**'])
    expect(entered.sort()).toEqual(['', '.github', '.github/workflows', 'src', 'src/deep'])
  })
})

describe('the digest of inputs', () => {
  const digest = (files: Record<string, string>, globs = ['src/**']) =>
    createInputs(memoryWorkspace(files)).digest(globs)

  it('changes with a content, a name and a new file, and with nothing else', () => {
    const before = digest(FILES)
    expect(before).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(digest({ ...FILES, 'flake.nix': 'other' })).toBe(before)
    expect(digest({ ...FILES, 'src/a.ts': 'a\r\nb\r\n' })).toBe(before)
    expect(digest({ ...FILES, 'src/a.ts': 'a\nc\n' })).not.toBe(before)
    expect(digest({ ...FILES, 'src/new.ts': '' })).not.toBe(before)
    const { 'src/a.ts': moved, ...rest } = FILES
    expect(digest({ ...rest, 'src/z.ts': moved })).not.toBe(before)
  })

  it('is empty when the definition names no inputs', () => {
    expect(digest(FILES, [])).toBeNull()
  })

  it('reads each file once, however many figures depend on it', () => {
    const workspace = memoryWorkspace(FILES)
    const read: string[] = []
    const inputs = createInputs({
      ...workspace,
      digest: path => {
        read.push(path)
        return workspace.digest(path)
      },
    })
    for (const globs of [['src/**'], ['src/*.ts'], ['src/**'], ['**/*.ts']]) inputs.digest(globs)
    expect(read.sort()).toEqual(['src/a.ts', 'src/deep/b.md', 'src/deep/b.ts'])
  })
})

describe('the digest of a command', () => {
  const read = (text: string): { definition: Definition; figures: Figure[] } => {
    const { definitions, findings } = parseDefinitions({ base: { path: 'figures.yaml', text } })
    expect(findings).toEqual([])
    const [definition] = definitions.definitions as [Definition]
    return { definition, figures: definition.figures }
  }
  const digests = (entry: string) => {
    const { definition, figures } = read(`figures:\n  checks: ${entry}\n`)
    return figures.map(figure => commandDigest(definition, figure))
  }

  it.each([
    ['{ measure: { run: "ls  docks", parse: lines } }', true],
    ['{ measure: { run: "ls docks", parse: { lines: "a" } } }', true],
    ['{ measure: { run: "ls docks", parse: lines, runs: 3 } }', true],
    [
      '{ measure: { run: "ls docks", parse: lines, timeout: 9 }, unit: docks, inputs: [a], budget: "<= 3" }',
      false,
    ],
  ])('of %s is another one: %s', (entry, other) => {
    expect(digests(entry)[0] !== digests('{ measure: { run: "ls docks", parse: lines } }')[0]).toBe(other)
  })

  it('differs between the yields of a report and follows the expression of a derived figure', () => {
    const of = (expression: string) =>
      digests(
        `{ measure: { run: t, parse: { junit: r.xml } }, yields: { passed: {}, failed: {} }, derive: { all: "${expression}" } }`,
      )
    expect(new Set(of('passed + failed')).size).toBe(3)
    expect(of('passed  + failed')[2]).toBe(of('passed + failed')[2])
    expect(of('failed + passed')[2]).not.toBe(of('passed + failed')[2])
  })

  it('is none for a value that a person vouches for', () => {
    expect(digests('{ measure: { manual: 3, by: Ada, evidence: "a.md:1" } }')).toEqual([null])
  })

  it('to be trusted is of the command line alone', () => {
    expect(trustDigest('ls')).not.toBe(trustDigest('ls '))
  })
})
