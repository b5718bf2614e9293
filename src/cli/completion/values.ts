import type { Context } from '../../adapters/context.ts'
import type { TaskBox } from '../../change/change.ts'
import { changeDirectories } from '../../change/change-directories.ts'
import { parseTasks } from '../../change/parse-tasks.ts'
import { readRegistry } from '../../change/registry/read-registry.ts'
import { BUILT_IN_SCHEMAS } from '../../change/schema/built-in-schemas.ts'
import { SCHEMAS, schemaExists } from '../../change/schema/schema-name.ts'

export interface Candidate {
  value: string
  says?: string
}

/** Open changes. Archived ones too with `ended`, or when no open one matches. */
export function changeNames(
  context: Context,
  { current, ended }: { current: string; ended: boolean },
): Candidate[] {
  const directories = changeDirectories(context.workspace(), { archived: 'all' })
  const open = directories.filter(({ archived }) => !archived)
  const begun = !ended && open.some(({ name }) => name.startsWith(current))
  const names = (begun ? open : directories).map(({ name }) => name)
  return [...new Set(names)].map(value => ({ value }))
}

/** The tasks of a change that the verb applies to. */
export function taskIds(context: Context, change: string, verb: string): Candidate[] {
  const workspace = context.workspace()
  const [directory] = changeDirectories(workspace, { archived: 'all', names: [change] })
  const path = directory && `${directory.path}/tasks.md`
  const text = path && workspace.read(path)
  if (!path || text === undefined) return []
  const boxes = parseTasks(text, path).tasks.boxes.filter(box => fits(box, verb))
  return boxes.flatMap(({ id, text: says }) => (id === null ? [] : [{ value: id, says }]))
}

function fits({ status }: TaskBox, verb: string): boolean {
  if (verb === 'uncheck') return status !== 'open'
  return verb === 'check' ? status !== 'done' : status === 'open'
}

export async function findingCodes(context: Context): Promise<Candidate[]> {
  const { readExplanations } = await import('../../findings/explanations.ts')
  return readExplanations(context.shipped).map(({ code, means }) => ({ value: code, says: means }))
}

export async function figureNames(context: Context): Promise<Candidate[]> {
  const { parseDefinitions } = await import('../../figures/definitions/parse-definitions.ts')
  const { FIGURES_FILE } = await import('../../figures/lock/lock.ts')
  const text = context.workspace().read(FIGURES_FILE) ?? ''
  const { definitions } = parseDefinitions({ base: { path: FIGURES_FILE, text } })
  return [...definitions.figures.keys()].map(value => ({ value }))
}

export function schemaNames(context: Context): Candidate[] {
  const workspace = context.workspace()
  const own = workspace.list(SCHEMAS).filter(({ name }) => schemaExists(workspace, name))
  return [...new Set([...BUILT_IN_SCHEMAS, ...own].map(({ name }) => name))].map(value => ({ value }))
}

export function projectSlugs(context: Context): Candidate[] {
  return readRegistry(context.workspace()).projects.map(({ slug, name }) => ({
    value: slug,
    ...(name === null ? {} : { says: name }),
  }))
}
