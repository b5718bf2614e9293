import { rmSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { type Bench, LOCK, openBench } from './bench.ts'

const open: Bench[] = []
afterEach(() => {
  for (const bench of open.splice(0)) {
    rmSync(`${bench.path}-home`, { recursive: true, force: true })
    bench.remove()
  }
})

const NAMES = ['alpha', 'beta', 'gamma', 'delta']
const FIGURES = `figures:\n${NAMES.map(name => `  ${name}: { measure: { run: "cat ${name}" }, inputs: [${name}] }\n`).join('')}`

/** Two branches that each measured after changing these files; the second is merged into the first. */
async function merged(ours: Record<string, string>, theirs: Record<string, string>, ...flags: string[]) {
  const bench = openBench(FIGURES, Object.fromEntries(NAMES.map(name => [name, '10\n'])))
  open.push(bench)
  await bench.opsx(['figures', 'measure', '--trust'])
  bench.commit('measured')
  for (const [name, files] of [
    ['theirs', theirs],
    ['ours', ours],
  ] as const) {
    bench.branch(name, 'main')
    bench.write(files)
    await bench.opsx(['figures', 'measure'])
    bench.commit(name)
  }
  let conflict = false
  try {
    bench.git(...flags, 'merge', '--quiet', '--no-edit', 'theirs')
  } catch {
    conflict = true
  }
  return { ...bench, conflict }
}

const valuesOf = (lock: Record<string, { value: number; stale?: boolean }>) =>
  Object.fromEntries(
    Object.entries(lock).map(([name, { value, stale }]) => [name, stale ? `${value} stale` : value]),
  )

describe.skipIf(process.platform === 'win32')('two branches that both measured', () => {
  it('merge by themselves when they measured different figures', async () => {
    const { conflict, lock, opsx } = await merged({ alpha: '11\n' }, { delta: '12\n' })
    expect(conflict).toBe(false)
    expect(valuesOf(lock())).toEqual({ alpha: 11, beta: 10, delta: 12, gamma: 10 })
    expect((await opsx(['figures', 'measure', '--check'])).exitCode).toBe(0)
  })

  it.each([[[]], [['-c', 'merge.conflictStyle=diff3']]])(
    'are settled by figures resolve when they measured the same one, whatever the style of the conflict: %j',
    async flags => {
      const { conflict, lock, opsx, read, write } = await merged(
        { alpha: '11\n', gamma: '13\n' },
        { alpha: '12\n', beta: '14\n' },
        ...flags,
      )
      expect(conflict).toBe(true)
      expect(read(LOCK)).toContain('<<<<<<<')
      const resolved = await opsx(['figures', 'resolve', '--ours', '--json'])
      expect(resolved.json()).toMatchObject({
        ok: true,
        settled: [{ figure: 'alpha', taken: 'ours', stale: true }],
        writes: [LOCK],
      })
      expect(valuesOf(lock())).toEqual({ alpha: '11 stale', beta: 14, delta: 10, gamma: 13 })
      expect(lock().alpha.previous.map((former: { value: number }) => former.value)).toEqual([10, 12])
      write({ alpha: '15\n' })
      expect((await opsx(['figures', 'measure'])).exitCode).toBe(0)
      expect(valuesOf(lock())).toEqual({ alpha: 15, beta: 14, delta: 10, gamma: 13 })
    },
  )

  it('take the other side when it is asked for, and every entry that only one side has', async () => {
    const bench = openBench('figures:\n  a: { measure: { run: "cat a" } }\n', { a: '1\n' })
    open.push(bench)
    for (const [name, value] of [
      ['theirs', '3'],
      ['ours', '2'],
    ] as const) {
      bench.branch(name, 'main')
      const other = `figures:\n  a: { measure: { run: "cat a" } }\n  ${name}: { measure: { run: "echo ${value}" } }\n`
      bench.write({ a: `${value}\n`, 'openspec/figures.yaml': other })
      await bench.opsx(['figures', 'measure', '--trust'])
      bench.commit(name)
    }
    expect(() => bench.git('merge', '--quiet', '--no-edit', 'theirs')).toThrow()
    expect((await bench.opsx(['figures', 'resolve', '--theirs'])).stdout).toContain(
      'a: took theirs, to be measured again',
    )
    expect(valuesOf(bench.lock())).toEqual({ a: '3 stale', ours: 2, theirs: 3 })
  })

  it('are resolved from the markers alone when the merge is over for git', async () => {
    const side = (value: number, more: string) =>
      `    "a": {\n      "value": ${value},\n      "at": "2026-01-0${value}T00:00:00Z",\n      "platform": "x"\n    }${more}`
    const text = `{\n  "version": 1,\n  "figures": {\n<<<<<<< HEAD\n${side(1, ',')}\n    "b": {\n      "value": 3,\n      "at": "2026-01-03T00:00:00Z",\n      "platform": "x"\n    }\n=======\n${side(2, '')}\n>>>>>>> other\n  }\n}\n`
    const bench = openBench(FIGURES, { [LOCK]: text })
    open.push(bench)
    expect((await bench.opsx(['figures', 'resolve'])).exitCode).toBe(0)
    expect(valuesOf(bench.lock())).toEqual({ a: '2 stale', b: 3 })
    expect(bench.lock().a.previous).toMatchObject([{ value: 1 }])
  })

  it.each([[['figures', 'resolve']], [['ledger', 'lint', '--fix']]])(
    'are settled by opsx %s when git put a figure there twice without a conflict',
    async words => {
      const block = (name: string, value: number) =>
        `    "${name}": {\n      "value": ${value},\n      "at": "2026-01-0${value}T00:00:00Z",\n      "platform": "x",\n      "previous": []\n    }`
      const blocks = [block('a', 1), block('b', 2), block('a', 3), block('c', 4)].join(',\n')
      const bench = openBench(FIGURES, { [LOCK]: `{\n  "version": 1,\n  "figures": {\n${blocks}\n  }\n}\n` })
      open.push(bench)
      const refused = await bench.opsx(['figures', 'measure', '--trust'])
      expect(refused.stderr).toContain('opsx figures resolve')
      expect((await bench.opsx(words)).exitCode).toBe(0)
      expect(valuesOf(bench.lock())).toEqual({ a: '3 stale', b: 2, c: 4 })
      expect(bench.lock().a.previous).toMatchObject([{ value: 1 }])
    },
  )

  it('refuse when there is nothing to resolve, and two sides at once', async () => {
    const { opsx, read } = await merged({ alpha: '11\n' }, {})
    const before = read(LOCK)
    expect((await opsx(['figures', 'resolve'])).exitCode).toBe(1)
    expect((await opsx(['figures', 'resolve', '--ours', '--theirs'])).exitCode).toBe(2)
    expect(read(LOCK)).toBe(before)
  })
})
