/**
 * The program with its ports wrapped, bundled to `dist/chaos.js`. `OPSX_CHAOS` is read here alone: `list:FILE` writes
 * the name of every effect to FILE, one per line; `before:N` and `after:N` kill the process at the N-th effect, 1-based;
 * `hold:N:FILE` writes FILE before the N-th effect and goes on when the file was removed.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import type { Context } from '../../src/adapters/context.ts'
import { run } from '../../src/cli/run.ts'
import type { Git } from '../../src/ports/git.ts'
import type { RunLock } from '../../src/ports/lock.ts'
import type { Tracker } from '../../src/ports/tracker.ts'
import type { Workspace } from '../../src/ports/workspace.ts'

type Effect = <T>(name: string, act: () => T) => T

run(process, context => chaotic(context, effectOf(process.env.OPSX_CHAOS ?? ''))).then(code => {
  process.exitCode = code
})

function effectOf(order: string): Effect {
  const [verb, argument = ''] = order.split(/:(.*)/s)
  let count = 0
  return (name, act) => {
    count += 1
    const [number, file = ''] = argument.split(/:(.*)/s)
    const struck = count === Number(number)
    if (verb === 'hold' && struck) hold(file)
    if (verb === 'list') appendFileSync(argument, `${name}\n`)
    if (verb === 'before' && struck) die()
    const result = act()
    if (verb !== 'after' || !struck) return result
    if (result instanceof Promise) return result.finally(die) as typeof result
    return die()
  }
}

function hold(file: string): void {
  writeFileSync(file, '')
  while (existsSync(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
}

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

function chaotic(context: Context, effect: Effect): Context {
  return Object.assign(Object.create(context) as Context, {
    workspace: () => writing(context.workspace(), effect),
    workspaceAt: (directory: string) => writing(context.workspaceAt(directory), effect),
    git: async () => committing(await context.git(), effect),
    lock: async () => locking(await context.lock(), effect),
    tracker: async (settings: { slug: string | null }) => tracking(await context.tracker(settings), effect),
  })
}

function writing(workspace: Workspace, effect: Effect): Workspace {
  return {
    ...workspace,
    write: (path, text) => effect(`write ${path}`, () => workspace.write(path, text)),
    move: (from, to) => effect(`rename ${from}`, () => workspace.move(from, to)),
    replace: swap => effect(`replace ${swap.to}`, () => workspace.replace(swap)),
    remove: path => effect(`remove ${path}`, () => workspace.remove(path)),
    removeEmpty: directory => effect(`remove empty ${directory}`, () => workspace.removeEmpty(directory)),
  }
}

function tracking(tracker: Tracker, effect: Effect): Tracker {
  return {
    ...tracker,
    move: (issue, state) => effect('move', () => tracker.move(issue, state)),
    comment: comment => effect('comment', () => tracker.comment(comment)),
    describe: (issue, text) => effect('describe', () => tracker.describe(issue, text)),
    createDocument: document => effect('create document', () => tracker.createDocument(document)),
    updateDocument: document => effect('update document', () => tracker.updateDocument(document)),
  }
}

function committing(git: Git, effect: Effect): Git {
  return {
    ...git,
    commitLedger: commit => effect('commit', () => git.commitLedger(commit)),
    pushLedger: commit => effect('push', () => git.pushLedger(commit)),
    proposeLedger: commit => effect('propose', () => git.proposeLedger(commit)),
  }
}

function locking(lock: RunLock, effect: Effect): RunLock {
  const { journal } = lock
  return {
    ...lock,
    journal: {
      ...journal,
      write: text => effect('write journal', () => journal.write(text)),
      remove: () => effect('remove journal', () => journal.remove()),
    },
    acquire() {
      const release = effect('lock', () => lock.acquire())
      return () => effect('unlock', release)
    },
    async wait() {
      const release = await effect('lock', () => lock.wait())
      return () => effect('unlock', release)
    },
  }
}
