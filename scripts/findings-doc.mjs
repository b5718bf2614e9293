// Writes docs/findings.md from the pages that `opsx explain` shows. With --check it writes nothing and fails when the
// file is not what it would write.
// Usage: node scripts/findings-doc.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const file = join(root, 'docs', 'findings.md')

const { outputFiles } = await build({
  entryPoints: [join(root, 'src', 'report', 'pages', 'families.ts')],
  bundle: true,
  format: 'esm',
  write: false,
  logLevel: 'warning',
})
const source = Buffer.from(outputFiles[0].contents).toString('base64')
const { FAMILIES } = await import(`data:text/javascript;base64,${source}`)

const text = formatDocument(FAMILIES)
if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
} else if (!existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text) {
  process.stderr.write('docs/findings.md is not what the pages say; run npm run docs.\n')
  process.exitCode = 1
}

function formatDocument(families) {
  const [findings, errors] = [true, false].map(kind =>
    families.filter(({ exitCode }) => (exitCode === null) === kind),
  )
  return `# Findings and errors

<!-- Written by \`npm run docs\` from src/report/pages. Edit there. -->

Every code that opsx reports: what it means, why it matters, how to fix it, and an example. \`opsx explain <code>\` prints
the same. A finding has a severity, which depends on the phase of the change; an error ends the process with its exit
code.

Findings:

${contentsOf(findings)}

Errors:

${contentsOf(errors)}

${families.map(formatFamily).join('\n')}`
}

function contentsOf(families) {
  return families
    .map(family => {
      const title = titleOf(family)
      const anchor = title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-')
      const codes = Object.keys(family.pages).map(code => `\`${code}\``)
      return `- [${title}](#${anchor}): ${codes.join(', ')}`
    })
    .join('\n')
}

function titleOf({ title, exitCode }) {
  return exitCode === null ? title : `${title}, exit code ${exitCode}`
}

function formatFamily(family) {
  const pages = Object.entries(family.pages).map(([code, page]) => formatPage(code, page))
  return `## ${titleOf(family)}\n\n${pages.join('\n')}`
}

function formatPage(code, { means, why, fix, example }) {
  const longest = Math.max(2, ...[...example.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `### \`${code}\`

${prose(means)}

**Why it matters.** ${prose(why)}

**How to fix it.** ${prose(fix)}

${fence}text
${example}
${fence}
`
}

function prose(text) {
  return text.replace(/[<*`]/g, '\\$&')
}
