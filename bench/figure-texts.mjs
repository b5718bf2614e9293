import { sentenceOf } from './random.mjs'

const OBJECTS = ['checks', 'crates', 'derivations', 'windows', 'records']
const at = index => new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString().replace('.000', '')
const nameOf = index => `figure_${String(index + 1).padStart(3, '0')}`
const measuredOf = index => 100 + index * 7
const formerOf = index => measuredOf(index) - 3

/** figures.yaml with so many figures: each with inputs and a wording, every tenth with a budget. */
export function formatFigures(count) {
  const entries = Array.from({ length: count }, (_, index) => {
    const noun = `${OBJECTS[index % OBJECTS.length]} of part ${index}`
    const measure = `{ run: "cat measured/${index}" }`
    const budget = index % 10 === 0 ? ', budget: "<= 100000"' : ''
    return `  ${nameOf(index)}: { measure: ${measure}, inputs: ["inputs/${index % 20}/*.txt"], nouns: ["${noun}"]${budget} }`
  })
  return `figures:\n${entries.join('\n')}\n`
}

/** The lock of those figures, each with two former values. `digestsOf(name)` gives the digests that decide whether they are fresh. */
export function formatLock(count, digestsOf) {
  const figures = Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const past = value => ({ value, at: at(index), commit: '0000000' })
      const entry = {
        value: measuredOf(index),
        unit: '',
        raw: `${measuredOf(index)}`,
        at: at(index + 1),
        commit: '0000001',
        dirty: false,
        platform: 'linux-x64',
        ...digestsOf(nameOf(index)),
        seconds: 1,
        runs: 1,
        previous: [past(formerOf(index)), past(formerOf(index) - 10)],
      }
      return [nameOf(index), entry]
    }),
  )
  return `${JSON.stringify({ version: 1, figures }, null, 2)}\n`
}

/** Figures in a change: two bound numbers, and former values without their noun. */
export function formatFigureProse(random, { index, count }) {
  const bound = [index % count, (index * 3 + 1) % count]
  const lines = bound.map(
    each =>
      `${sentenceOf(random)} It is ${measuredOf(each)} now. <!-- fig: ${nameOf(each)}=${measuredOf(each)} -->`,
  )
  return `\n## Figures\n\n${lines.join('\n')}\n\n${sentenceOf(random)} There were ${formerOf(bound[0])} of them.\n`
}
