import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { LinearDocument } from '@linear/sdk'
import { buildSchema, parse, validate, validateSchema } from 'graphql'
import { expect, test } from 'vitest'
import { readLinearSchema } from '../support/linear-schema.ts'

const sdl = readLinearSchema()
const schema = buildSchema(sdl)
const operations = Object.entries(LinearDocument as unknown as Record<string, unknown>)
  .filter(([, value]) => value instanceof String)
  .map(([name, value]) => ({ name, text: String(value) }))
  .filter(({ text }) => /^\s*(query|mutation|subscription)\b/.test(text))

test('every operation of the SDK validates against the rebuilt schema', () => {
  const failures = operations.flatMap(({ name, text }) =>
    validate(schema, parse(text)).map(error => `${name}: ${error.message}`),
  )
  console.log(`${operations.length} operations of the SDK, ${failures.length} fail`)
  expect(failures).toEqual([])
  expect(operations.length).toBeGreaterThan(600)
})

test('the rebuilt schema is itself valid', () => {
  expect(validateSchema(schema)).toEqual([])
})

test('type names are the server’s own, not those of the declarations', () => {
  const names = Object.keys(schema.getTypeMap())
  expect(names).toEqual(
    expect.arrayContaining(['OAuthApplication', 'IssueIDComparator', 'JSONObject', 'UUID']),
  )
  expect(names).not.toContain('OauthApplication')
})

test('optional members of inputs are nullable and required ones are not', () => {
  expect(
    String(
      schema
        .getMutationType()
        ?.getFields()
        .issueUpdate?.args.map(arg => `${arg.name}: ${arg.type}`),
    ),
  ).toBe('id: String!,input: IssueUpdateInput!')
  expect(sdl).toMatch(
    /type IssuePayload \{\n {2}issue: Issue\n {2}lastSyncId: Float!\n {2}success: Boolean!\n\}/,
  )
})

test('two runs of the script write the same text', () => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'linear-schema.mjs')
  const again = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { buildLinearSchema as b } from ${JSON.stringify(script)}; process.stdout.write(b())`,
    ],
    { encoding: 'utf8', maxBuffer: 1e7 },
  )
  expect(again).toBe(sdl)
})
