import { readFileSync } from 'node:fs'
import { startLocalLinear } from '../support/local-linear.ts'

const [schema = '', stateFile = '', name = ''] = process.argv.slice(2)
const linear = await startLocalLinear({
  schema: readFileSync(schema, 'utf8'),
  stateFile,
  seed: { issues: [{ identifier: 'LOC-1' }] },
})
for (let n = 0; n < 25; n += 1) {
  const query = `mutation { commentCreate(input: {issueId: "LOC-1", body: "${name}${n}"}) { success } }`
  const headers = { 'Content-Type': 'application/json', Authorization: 'lin_api_local' }
  const reply = await fetch(linear.url, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const text = await reply.text()
  if (!text.startsWith('{"data":{"commentCreate"')) throw new Error(text)
}
