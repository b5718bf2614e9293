// Counts what a sync asks of Linear: a thousand bound changes with nothing to do, then one of them behind by one
// milestone. node bench/requests.mjs [--changes N] prints one JSON object, from the embedded Linear.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const opsx = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'bin.js')
const { values } = parseArgs({ options: { changes: { type: 'string', default: '1000' } } })
const changes = Number(values.changes)
const directory = mkdtempSync(join(tmpdir(), 'opsx-requests-'))

try {
  git('init', '--quiet', '--initial-branch', 'main')
  run('init', '--local')
  for (const [index, issue] of (await createIssues()).entries()) writeChange(index + 1, issue)
  commit('Bound changes in step with their board')
  const idle = sync()
  write('openspec/changes/change-1/verify.md', '## Overall Decision\n\n- [x] PASS\n- [ ] FAIL\n')
  commit('Verify one of them')
  const milestone = sync()
  console.log(JSON.stringify({ changes, idle, milestone }))
} finally {
  rmSync(directory, { recursive: true, force: true })
}

function sync() {
  const { requests, mutations, writes } = JSON.parse(run('sync', '--json'))
  return { requests, mutations, writes: writes.length }
}

function run(...args) {
  return execFileSync(process.execPath, [opsx, ...args], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e9,
  })
}

function git(...args) {
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0']
  execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'ignore' })
}

function commit(message) {
  git('add', '--all')
  git('commit', '--quiet', '--no-verify', '--message', message)
}

function write(path, text) {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}

/** Issues in progress, as people would have them, through the API of the embedded Linear. */
async function createIssues() {
  const server = spawn(process.execPath, [opsx, 'local', 'serve', '--json'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [text] = await once(server.stdout.setEncoding('utf8'), 'data')
    const { url, key } = JSON.parse(text)
    const { team } = teamOf()
    const ask = (query, variables) => request({ url, key }, { query, variables })
    const { workflowStates } = await ask('{ workflowStates { nodes { id name } } }')
    const stateId = workflowStates.nodes.find(({ name }) => name === 'In Progress').id
    const create =
      'mutation Create($input: IssueCreateInput!) { issueCreate(input: $input) { issue { id identifier } } }'
    const issues = []
    for (let index = 0; index < changes; index++) {
      const { issueCreate } = await ask(create, {
        input: { title: `Issue ${index + 1}`, teamId: team, stateId },
      })
      issues.push(issueCreate.issue)
    }
    return issues
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}

async function request({ url, key }, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: key },
    body: JSON.stringify(body),
  })
  const { data, errors } = await response.json()
  if (!data) throw new Error(`The embedded Linear refused: ${JSON.stringify(errors)}`)
  return data
}

/** The team that `opsx init --local` registered. */
function teamOf() {
  const text = readFileSync(join(directory, 'openspec', 'linear.yaml'), 'utf8')
  return { team: /id: "([0-9a-f-]{36})"/.exec(text.slice(text.indexOf('teams:')))?.[1] }
}

function writeChange(number, { id, identifier }) {
  const path = `openspec/changes/change-${number}`
  write(`${path}/tasks.md`, '- [x] 1.1 Begin\n- [ ] 1.2 End\n')
  write(
    `${path}/proposal.md`,
    `---
linear_story_id: ${id}
linear_story_identifier: ${identifier}
linear_story_state: In Progress
linear_team: LOC
opsx_change_id: 00000000-0000-4000-8000-${String(number).padStart(12, '0')}
last_synced_state: In Progress
last_synced_at: 2026-06-11T19:21:23Z
review_round: 0
attempt_log:
  - { at: "2026-06-11T19:21:22Z", transition: "Backlog->Todo", outcome: "posted", note: "T1" }
  - { at: "2026-06-11T19:21:23Z", transition: "Todo->In Progress", outcome: "posted", note: "T2" }
---

## Why

Change number ${number} is one of many that go on at the same time.
`,
  )
}
