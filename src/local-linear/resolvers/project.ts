import { projectUrl } from '../addresses.ts'
import { notFound } from '../errors.ts'
import type { ProjectRecord } from '../records.ts'
import { type Context, type FieldTable, one, page, plain } from './fields.ts'

const ofProject = ({ projectId }: { projectId: string | null }, project: ProjectRecord) =>
  projectId === project.id

/** Projects. `project(id:)` accepts a UUID or a slugId. */
export const projectTypes: Record<string, FieldTable> = {
  Query: {
    project: (_: unknown, { id }: { id: string }, { database }: Context) => {
      const project = database.state.projects.find(other => other.id === id || other.slugId === id)
      if (!project) throw notFound('Project')
      return project
    },
    projects: page('projects'),
  },
  Project: {
    ...plain('id name description content slugId createdAt updatedAt archivedAt'),
    url: (project: ProjectRecord, _: unknown, { database }: Context) => projectUrl(database, project),
    creator: one('users', 'creatorId'),
    teams: page('teams', ({ id }, project: ProjectRecord) => project.teamIds.includes(id)),
    issues: page('issues', ofProject),
    documents: page('documents', ofProject),
  },
}
