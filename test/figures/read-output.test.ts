import { describe, expect, it } from 'vitest'
import type { FigureKind, OutputParser } from '../../src/figures/definitions/definition.ts'
import { createMatchingFiles } from '../../src/figures/measuring/matching-files.ts'
import { type CommandOutput, readOutput } from '../../src/figures/measuring/read-output.ts'
import type { ShellResult } from '../../src/ports/shell.ts'
import { countTests } from '../../src/test-reports/junit-counts.ts'
import { memoryWorkspace } from '../support/memory-workspace.ts'

const SUITE = `<?xml version="1.0"?><testsuites tests="99"><testsuite name="s" tests="99">
  <testcase name="a"/><testcase name="b"><failure message="&lt;x>">no</failure></testcase>
  <testcase name="c"><skipped/></testcase><testcase name="d"><error/></testcase>
  <testsuite><testcase name="e"><system-out><![CDATA[<testcase/><failure/>]]></system-out></testcase></testsuite>
  <!-- <testcase name="f"/> --></testsuite></testsuites>`

function outputOf(result: Partial<ShellResult>, more: Partial<CommandOutput> = {}): CommandOutput {
  const workspace = memoryWorkspace({
    'reports/a.xml': SUITE,
    'reports/b.xml': '<testsuite><testcase name="z"/></testsuite>',
  })
  const ended = { status: 0, stdout: '', stderr: '', ended: 'itself' as const, seconds: 1 }
  const files = createMatchingFiles(workspace)
  return { result: { ...ended, ...result }, workspace, files, before: new Map(), allowZero: false, ...more }
}

function read(parser: OutputParser, stdout: string, kind: FigureKind = 'number') {
  return readOutput(parser, { name: 'x', kind }, outputOf({ stdout }))
}

const regex = (pattern: string, take: 'only' | 'last' | 'sum' = 'only'): OutputParser => ({
  type: 'regex',
  pattern,
  take,
})
const lines = (filter: string | null, as: 'count' | 'names' = 'count'): OutputParser => ({
  type: 'lines',
  filter,
  as,
})
const json = (
  pointer: string,
  as: 'value' | 'length' | 'sum' | 'names' | 'digest' = 'value',
): OutputParser => ({
  type: 'json',
  pointer,
  as,
})

describe('what a command printed', () => {
  it.each<[OutputParser, string, unknown]>([
    [{ type: 'number' }, '26\n', 26],
    [{ type: 'number' }, ' 1,982 \n', 1982],
    [{ type: 'number' }, '19_700', 19700],
    [{ type: 'number' }, '77.3%', 77.3],
    [{ type: 'number' }, '-1.5e3', -1500],
    [lines(null), 'a\n\n  \nb\r\n', 2],
    [lines('^a'), 'a\nb\nab\n', 2],
    [lines(null, 'names'), 'b\na\nb\n', ['a', 'b']],
    [regex('ratio ([\\d.]+)'), 'x\nratio 1.23\n', 1.23],
    [regex('(\\d+) ok', 'last'), '1 ok\n2 ok\n', 2],
    [regex('(\\d+) ok', 'sum'), '1 ok\n2 ok\n', 3],
    [regex('^n=(\\d+)$'), 'a\nn=4\nb', 4],
    [json(''), '4', 4],
    [json('/a/1/b~1c'), '{"a":[0,{"b/c":7}]}', 7],
    [json('/a', 'length'), '{"a":["x","y"]}', 2],
    [json('', 'length'), '{"a":1,"b":2,"c":3}', 3],
    [json('', 'sum'), '[1,2,3.5]', 6.5],
    [json('', 'names'), '["b","a"]', ['a', 'b']],
    [json('', 'names'), '{"b":1,"a":2}', ['a', 'b']],
  ])('%j reads %j', (parser, stdout, value) => {
    expect(read(parser, stdout)).toMatchObject({ value })
  })

  it.each<[OutputParser, string, string]>([
    [{ type: 'number' }, '', 'the command printed nothing'],
    [{ type: 'number' }, '1\n2\n', 'the command printed more than one number, or none: "1\n2"'],
    [{ type: 'number' }, '26 checks', 'the command printed more than one number, or none: "26 checks"'],
    [{ type: 'number' }, '1,23', 'the command printed more than one number, or none: "1,23"'],
    [{ type: 'number' }, '9e999', 'its value is not a number'],
    [regex('(\\d+) ok'), 'none', '/(\\d+) ok/ matches nothing that the command printed'],
    [regex('(\\d+) ok'), '1 ok 2 ok', '/(\\d+) ok/ matches 2 times'],
    [regex('(\\w+) ok'), 'all ok', '/(\\w+) ok/ captures no number in "all ok"'],
    [json(''), '> npm\n4', 'the command did not print valid JSON'],
    [json('/a/b'), '{"a":{}}', 'its JSON has nothing at /a/b'],
    [json('/toString'), '{}', 'its JSON has nothing at /toString'],
    [json('/length'), '[1]', 'its JSON has nothing at /length'],
    [json('/a'), '{"a":"4"}', '/a is not a number'],
    [json('', 'length'), '4', 'its JSON is neither a list nor an object'],
    [json('', 'sum'), '[1,"2"]', 'its JSON contains a value that is not a number'],
    [json('', 'names'), '["a\\u001b[2J"]', 'its JSON contains a value that is not a name'],
  ])('%j finds in %j: %s', (parser, stdout, problem) => {
    expect(read(parser, stdout)).toEqual({ problem })
  })

  it.each<[OutputParser, string]>([
    [{ type: 'number' }, '0'],
    [lines('nothing'), 'a\nb'],
    [json('', 'length'), '[]'],
    [json('', 'names'), '{}'],
    [regex('(\\d+) ok'), '0 ok'],
  ])('%j takes a zero in %j only when it is allowed', (parser, stdout) => {
    const problem = 'its value is 0, which is most often a mistake; --allow-zero accepts it'
    expect(read(parser, stdout)).toEqual({ problem })
    expect(
      readOutput(parser, { name: 'x', kind: 'number' }, outputOf({ stdout }, { allowZero: true })),
    ).toHaveProperty('value')
  })

  it('has the same digest whatever the line ends and the order of keys, and another for other content', () => {
    const digest = (parser: OutputParser, text: string) => read(parser, text, 'digest')
    expect(digest({ type: 'text' }, 'a\r\nb\n')).toEqual(digest({ type: 'text' }, 'a\nb\n'))
    expect(digest({ type: 'text' }, 'a')).not.toEqual(digest({ type: 'text' }, 'b'))
    const hashed = (text: string) => (digest(json('', 'digest'), text) as { value: string }).value
    expect(hashed('{"a":1,"b":[2]}')).toBe(hashed('{ "b": [2], "a": 1 }'))
    expect(hashed('{"a":1}')).not.toBe(hashed('{"a":2}'))
    expect(digest(json('/hash'), '{"hash":"sha256-abc"}')).toMatchObject({ value: 'sha256-abc' })
  })

  it('keeps the first 200 characters of what the value was read from', () => {
    const raw = (read(lines(null), `${'x'.repeat(900)}\n`) as { raw: string }).raw
    expect(raw).toHaveLength(200)
  })
})

describe('how a command ended', () => {
  it.each<[Partial<ShellResult>, string]>([
    [
      { ended: 'timeout', status: null, seconds: 600.2 },
      'the command was stopped after 600 seconds, its timeout',
    ],
    [{ ended: 'flood', status: null }, 'the command was stopped because it printed too much'],
    [{ status: null }, 'a signal ended the command'],
    [{ status: 1, stdout: '26' }, 'the command exited with 1'],
    [{ status: 2, stdout: '26', stderr: 'one\ntwo\n' }, 'the command exited with 2: two'],
  ])('%j is no value', (result, problem) => {
    expect(readOutput({ type: 'number' }, { name: 'x', kind: 'number' }, outputOf(result))).toEqual({
      problem,
    })
  })

  it('is the value when it is asked for, unless the shell has no such command', () => {
    const exit = (status: number) =>
      readOutput({ type: 'exit' }, { name: 'x', kind: 'number' }, outputOf({ status }))
    expect([exit(0), exit(3)]).toMatchObject([{ value: 0 }, { value: 3 }])
    expect(exit(127)).toEqual({ problem: 'the command exited with 127' })
  })
})

describe('a JUnit report', () => {
  const junit = (name: string, files: string[], output = outputOf({ status: 1 })) =>
    readOutput({ type: 'junit', files }, { name, kind: 'number' }, output)

  it('counts test cases, errors as failures, whatever its attributes claim and the command exits with', () => {
    expect(countTests(SUITE)).toEqual({ passed: 2, failed: 2, skipped: 1, total: 5 })
    const all = ['passed', 'failed', 'skipped', 'total'].map(key => junit(`tests.${key}`, ['reports/*.xml']))
    expect(all).toMatchObject([{ value: 3 }, { value: 2 }, { value: 1 }, { value: 6 }])
    expect(all[0]).toMatchObject({ raw: '3 passed, 2 failed, 1 skipped' })
  })

  it('counts a test that was collected and did not run as skipped', () => {
    const xml =
      '<testsuite><testcase name="a" status="notrun"/><testcase name="b" status="run" result="completed"/></testsuite>'
    expect(countTests(xml)).toEqual({ passed: 1, failed: 0, skipped: 1, total: 2 })
  })

  it('of an earlier run is not read', () => {
    const before = new Map([
      ['reports/a.xml', '0'],
      ['reports/b.xml', '0'],
    ])
    expect(junit('tests.passed', ['reports/*.xml'], outputOf({}, { before }))).toEqual({
      problem: 'the command wrote no report: reports/a.xml is from an earlier run',
    })
    before.set('reports/b.xml', 'old')
    expect(junit('tests.passed', ['reports/*.xml'], outputOf({}, { before }))).toMatchObject({ value: 1 })
  })

  it('that is missing, has no test or is no report, is no value', () => {
    expect(junit('tests.passed', ['out/*.xml'])).toEqual({ problem: 'no report matches out/*.xml' })
    const other = (text: string) => {
      const workspace = memoryWorkspace({ 'r.xml': text })
      return junit(
        'tests.passed',
        ['r.xml'],
        outputOf({}, { workspace, files: createMatchingFiles(workspace) }),
      )
    }
    expect(other('<testsuite/>')).toEqual({ problem: 'no test ran; --allow-zero accepts that' })
    expect(other('<html/>')).toEqual({ problem: 'r.xml is not a JUnit report' })
    expect(other('<testsuite>\n<testcase>')).toMatchObject({
      problem: expect.stringMatching(/^r.xml is not valid XML \(line \d+\)$/),
    })
    expect(other('')).toHaveProperty('problem')
  })

  it('expands no entity, however often, and refuses one that names a file', () => {
    const bomb = 'bcdefghijk'
      .split('')
      .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
      .join('')
    const report = (entities: string) =>
      countTests(
        `<!DOCTYPE t [${entities}]><testsuite><testcase name="&k;"><a>&k;&x;</a></testcase></testsuite>`,
      )
    expect(report(`<!ENTITY a "aaaaaaaaaa">${bomb}`)).toEqual({ passed: 1, failed: 0, skipped: 0, total: 1 })
    expect(report('<!ENTITY x SYSTEM "file:///etc/passwd">')).toEqual({
      problem: 'cannot be parsed as XML',
    })
  })
})
