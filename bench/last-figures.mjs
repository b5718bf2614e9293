// Prints what `npm run bench` measured last, by key: the figures of openspec/figures.yaml that are ratios.
import { readFileSync } from 'node:fs'

const { rows } = JSON.parse(readFileSync(new URL('results.json', import.meta.url), 'utf8'))
const values = rows.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value]]))
console.log(JSON.stringify(Object.fromEntries(values)))
