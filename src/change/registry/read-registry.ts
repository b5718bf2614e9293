import type { Workspace } from '../../ports/workspace.ts'
import { parseRegistry } from './parse-registry.ts'
import type { Registry } from './registry.ts'

export const REGISTRY_PATH = 'openspec/linear.yaml'

/** The repository's registry; dialect `none` without a file. Throws REGISTRY_UNREADABLE. */
export function readRegistry(workspace: Workspace): Registry {
  return parseRegistry(workspace.read(REGISTRY_PATH), REGISTRY_PATH)
}
