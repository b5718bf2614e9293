// Prints what `npm run bench` measured last on a major version of Node, by key: the figures of openspec/figures.yaml
// that are ratios. Usage: node bench/last-figures.mjs 20
import { readFileSync } from 'node:fs'

const results = new URL(`results-node${process.argv[2]}.json`, import.meta.url)
const { rows } = JSON.parse(readFileSync(results, 'utf8'))
const values = rows.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value]]))
console.log(JSON.stringify(Object.fromEntries(values)))
