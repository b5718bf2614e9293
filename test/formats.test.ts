import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_EXITS } from '../src/errors.ts'

const ROOT = join(import.meta.dirname, '..')
const formats = readFileSync(join(ROOT, 'FORMATS.md'), 'utf8')
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => readFileSync(join(ROOT, 'src', path), 'utf8'))

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))].sort()
}

test('every error code is listed with the exit code it has', () => {
  const listed = [...formats.matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)].map(([, code, exit]) => [
    code,
    Number(exit),
  ])
  expect(Object.fromEntries(listed)).toEqual(ERROR_EXITS)
})

test('the formats link to the explanations of the codes', () => {
  expect(formats).toContain('(docs/findings)')
})

test('every JSON document of the sources is described, and no other', () => {
  const schemas = namesIn(sources.join('\n'), /\b(opsx\/[a-z-]+@\d+)/g)
  expect(namesIn(formats, /\b(opsx\/[a-z-]+@\d+)/g)).toEqual(schemas)
})

test('every environment variable that is read is described', () => {
  const text = sources.join('\n')
  const read = [...namesIn(text, /\benv\.([A-Z][A-Z0-9_]+)/g), ...namesIn(text, /^ {2}(GITHUB_[A-Z_]+)\?:/gm)]
  expect(read.filter(name => !formats.includes(`\`${name}\``))).toEqual([])
})
