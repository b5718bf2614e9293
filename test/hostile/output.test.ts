import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { safeOutput } from '../../src/report/safe-output.ts'
import { createRepository } from '../support/git-repository.ts'
import { spawnOpsx } from '../support/opsx-process.ts'

const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/
const piece = fc.oneof(
  fc.constantFrom(
    '::',
    '::error::x',
    '##[',
    '##[group]',
    '\n',
    '  ',
    '\t',
    '\u009b',
    '\u202e',
    '\u200b',
    '"',
    '\\',
  ),
  fc.string(),
)
const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''))

describe('no text starts a command or hides another one', () => {
  it.each(['text', 'markdown', 'json', 'sarif', 'junit'])('in %s', format => {
    fc.assert(
      fc.property(text, each => {
        const safe = safeOutput(each, format)
        expect(safe).not.toMatch(INVISIBLE)
        expect(safe).not.toContain('##[')
        if (format !== 'json' && format !== 'sarif') expect(safe).not.toMatch(/^\s*::/m)
      }),
      { numRuns: 2_000, seed: 6 },
    )
  })

  it('and JSON has the same data as before', () => {
    fc.assert(
      fc.property(text, each => {
        const document = { text: each, nested: [{ [each]: each }] }
        expect(JSON.parse(safeOutput(JSON.stringify(document), 'json'))).toEqual(document)
      }),
      { numRuns: 2_000, seed: 7 },
    )
  })
})

describe('through the binary', () => {
  let path = ''
  afterEach(() => rmSync(path, { recursive: true, force: true }))

  it.each(['text', 'json', 'markdown', 'junit', 'sarif', 'github'])('in %s', async format => {
    const repository = createRepository()
    path = repository.path
    const evil = '::set-output name=x::y\n##[error]z \u202e\u009b'
    repository.commit('Start', {
      'openspec/config.yaml': 'schema: spec-driven\n',
      'openspec/changes/evil/proposal.md': `---\nlinear_team: ${JSON.stringify(evil)}\nlinear_story_id: ${JSON.stringify(evil)}\n---\n\n## Why\n\n${evil}\n`,
      'openspec/changes/evil/tasks.md': `- [x] 1.1 ${evil}\n- [x] 1.1 ${evil}\n- [WIP] ::error::w\n`,
    })
    for (const args of [
      ['verify', '--all'],
      ['verify', 'evil', '-v'],
    ]) {
      const { out, err } = await spawnOpsx([...args, '--format', format], { directory: path })
      const lines = `${out}\n${err}`.split('\n')
      const commands = lines.filter(line => /^\s*::/.test(line) && !/^::(?:error|warning|notice) /.test(line))
      expect(commands).toEqual([])
      expect(`${out}${err}`).not.toMatch(INVISIBLE)
      expect(`${out}${err}`).not.toContain('##[')
    }
  })
})
