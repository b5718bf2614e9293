// Opt-in: shows on the real service what only it can show. Needs LINEAR_API_KEY and --team KEY; never runs in CI.
// usage: LINEAR_API_KEY=… npm run smoke:linear -- --team CAM
import { createHash } from 'node:crypto'
import { LinearClient } from '@linear/sdk'

const apiKey = process.env.LINEAR_API_KEY
const apiUrl = process.env.LINEAR_GRAPHQL_ENDPOINT
const at = process.argv.indexOf('--team')
const teamKey = at < 0 ? undefined : process.argv[at + 1]
if (!apiKey || !teamKey) {
  console.error('usage: LINEAR_API_KEY=… npm run smoke:linear -- --team KEY')
  process.exit(2)
}

const client = new LinearClient({ apiKey, ...(apiUrl ? { apiUrl } : {}) }).client
let failures = 0

/** Runs one check and prints what Linear answered; goes on after a failure. */
async function check(name, act) {
  try {
    const said = await act()
    console.log(`✓ ${name}${said ? `: ${said}` : ''}`)
  } catch (error) {
    failures += 1
    console.log(`✗ ${name}: ${error.message}`)
  }
}

async function ask(document, variables) {
  return (await client.rawRequest(document, variables)).data
}

function derivedId(text) {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function expectThat(condition, message) {
  if (!condition) throw new Error(message)
}

const { teams } = await ask(
  'query Team($keys: [String!]) { teams(filter: { key: { in: $keys } }) { nodes { id key } } }',
  {
    keys: [teamKey],
  },
)
const [team] = teams.nodes
if (!team) {
  console.error(`no team ${teamKey} that this key may see`)
  process.exit(2)
}
const { issueCreate } = await ask(
  'mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { issue { id identifier } } }',
  {
    input: {
      teamId: team.id,
      title: `opsx smoke test ${new Date().toISOString()}`,
      description: '- one\n- two',
    },
  },
)
const { issue } = issueCreate
console.log(`created ${issue.identifier}`)

const COMMENT =
  'mutation Comment($input: CommentCreateInput!) { commentCreate(input: $input) { comment { id } } }'
try {
  const id = derivedId(`smoke ${issue.id}`)
  await check('a derived, v4-shaped id is taken for a comment', async () => {
    const { commentCreate } = await ask(COMMENT, { input: { id, issueId: issue.id, body: 'first' } })
    expectThat(commentCreate.comment.id === id, `it became ${commentCreate.comment.id}`)
  })
  await check('the same id again is a conflict that names it', async () => {
    try {
      await ask(COMMENT, { input: { id, issueId: issue.id, body: 'second' } })
    } catch (error) {
      const [first] = error.response?.errors ?? error.raw?.response?.errors ?? []
      const text = JSON.stringify(first ?? error.message)
      expectThat(/conflict|exists/i.test(text), text)
      return text
    }
    throw new Error('it was accepted a second time')
  })
  await check('Markdown comes back re-serialised', async () => {
    const answer = await ask('query Issue($id: String!) { issue(id: $id) { description } }', { id: issue.id })
    return JSON.stringify(answer.issue.description)
  })
  await check('a comment of more than 250,000 characters is refused', async () => {
    try {
      await ask(COMMENT, { input: { issueId: issue.id, body: 'x'.repeat(250_001) } })
    } catch (error) {
      return error.message.slice(0, 120)
    }
    throw new Error('it was accepted')
  })
} finally {
  await ask('mutation Delete($id: String!) { issueDelete(id: $id) { success } }', { id: issue.id })
  console.log(`deleted ${issue.identifier}`)
}
process.exitCode = failures > 0 ? 1 : 0
