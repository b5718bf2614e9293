/** The build that the demo's change is about, as one small program and the data it reads. */
export interface Substrate {
  checks: string[]
  passed: number
  ignored: number
  /** Evaluation time against the one before. */
  ratio: number
}

const PRIOR = [
  'api-docs',
  'assets',
  'build',
  'cargo-deny',
  'cargo-lock-sync',
  'clippy',
  'docs',
  'e2e',
  'eval',
  'fmt',
  'links',
  'nextest',
  'secrets',
  'shell',
]

const MEMBERS = [
  'agent',
  'catalog',
  'cli',
  'core',
  'events',
  'http',
  'journal',
  'ledger',
  'store',
  'views',
  'wire',
]

/** Before the work, after it, and when a check has turned out to be superfluous: 14, 27 and 26 checks. */
export const BEFORE: Substrate = { checks: PRIOR, passed: 911, ignored: 5, ratio: 1 }
const BUILT = [...PRIOR, 'toolchain', ...MEMBERS.map(name => `${name}-test`)]
export const AFTER: Substrate = {
  checks: [...BUILT, 'graph-invariants'],
  passed: 933,
  ignored: 5,
  ratio: 1.23,
}
export const SLIMMER: Substrate = { ...AFTER, checks: BUILT }

export function formatSubstrate(substrate: Substrate): string {
  return `${JSON.stringify(substrate, null, 2)}\n`
}

/** Stands for the real build: lists its checks, runs its tests into a JUnit report, times its evaluation. */
export const BUILD_PROGRAM = `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const { checks, passed, ignored, ratio } = JSON.parse(readFileSync('substrate.json', 'utf8'))
const [what] = process.argv.slice(2)
if (what === 'checks') console.log(checks.join('\\n'))
if (what === 'eval') console.log(\`evaluated in \${ratio.toFixed(2)} times the former time\`)
if (what === 'test') {
  const cases = [
    ...Array.from({ length: passed }, (_, index) => \`<testcase name="passes \${index + 1}"/>\`),
    ...Array.from({ length: ignored }, (_, index) => \`<testcase name="ignored \${index + 1}"><skipped/></testcase>\`),
  ]
  mkdirSync('reports', { recursive: true })
  writeFileSync('reports/tests.xml', \`<testsuite name="workspace">\${cases.join('')}</testsuite>\`)
}
`

export const FIGURES = `figures:
  checks:
    unit: checks
    measure: { run: "node build.mjs checks", parse: lines }
    inputs: [build.mjs, substrate.json]
    nouns: ["checks?"]
    lead: ["check (surface|count)"]
  check_names:
    kind: set
    measure: { run: "node build.mjs checks" }
    inputs: [build.mjs, substrate.json]
  tests:
    measure: { run: "node build.mjs test", parse: { junit: "reports/*.xml" } }
    inputs: [build.mjs, substrate.json]
    yields: { passed: { nouns: ["tests?"] }, failed: {}, skipped: {} }
    derive: { defined: "passed + failed + skipped" }
  eval_ratio:
    budget: "<= 2"
    measure: { run: "node build.mjs eval", parse: { regex: "in ([\\\\d.]+) times" } }
    inputs: [build.mjs, substrate.json]
`
