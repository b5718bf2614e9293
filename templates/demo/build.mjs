// Stands for the build of a workspace: lists its checks, runs its tests into a JUnit report, times its evaluation.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const { checks, passed, ignored, ratio } = JSON.parse(readFileSync('substrate.json', 'utf8'))
const [what] = process.argv.slice(2)
if (what === 'checks') console.log(checks.join('\n'))
if (what === 'eval') console.log(`evaluated in ${ratio.toFixed(2)} times the former time`)
if (what === 'test') {
  const cases = [
    ...Array.from({ length: passed }, (_, index) => `<testcase name="passes ${index + 1}"/>`),
    ...Array.from(
      { length: ignored },
      (_, index) => `<testcase name="ignored ${index + 1}"><skipped/></testcase>`,
    ),
  ]
  mkdirSync('reports', { recursive: true })
  writeFileSync('reports/tests.xml', `<testsuite name="workspace">${cases.join('')}</testsuite>`)
}
