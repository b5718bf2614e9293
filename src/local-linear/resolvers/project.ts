import { projectUrl } from '../addresses.ts'
import { connectionOf, type PageArguments } from '../connection.ts'
import { notFound } from '../errors.ts'
import { refuseUnmodelled } from '../filters.ts'
import type { ProjectRecord } from '../records.ts'
import { slugIdOf } from '../seed-records.ts'
import { type Context, type FieldTable, payload, payloadFields, plain } from './fields.ts'
import { documentFilter, issueFilter, projectFilter, teamFilter } from './filter-keys.ts'

interface ProjectInput {
  id?: string
  name: string
  teamIds: string[]
  description?: string
  content?: string
}

function createProject(context: Context, input: ProjectInput) {
  refuseUnmodelled(input, ['id', 'name', 'teamIds', 'description', 'content'], 'ProjectCreateInput')
  const { database } = context
  return database.write(() => {
    database.checkNewId('projects', input.id, 'Project')
    for (const id of input.teamIds) database.get('teams', id, 'Team')
    const entity = database.newEntity(input.id)
    const project: ProjectRecord = {
      ...entity,
      name: input.name,
      description: input.description ?? '',
      content: input.content ?? null,
      slugId: slugIdOf(entity.id),
      teamIds: input.teamIds,
      creatorId: context.viewer.userId,
    }
    database.state.projects.push(project)
    return payload(context, { project })
  })
}

/** Projects; `project(id:)` takes a UUID or a slugId. */
export const projectTypes: Record<string, FieldTable> = {
  Query: {
    project: (_: unknown, { id }: { id: string }, { database }: Context) => {
      const project = database.state.projects.find(
        candidate => candidate.id === id || candidate.slugId === id,
      )
      if (!project) throw notFound('Project')
      return project
    },
    projects: (_: unknown, args: PageArguments, { database }: Context) =>
      connectionOf(database.state.projects, args, { type: 'ProjectFilter', keys: projectFilter }),
  },
  Mutation: {
    projectCreate: (_: unknown, args: { input: ProjectInput }, context: Context) => {
      refuseUnmodelled(args, ['input'], 'Mutation.projectCreate, argument')
      return createProject(context, args.input)
    },
  },
  ProjectPayload: payloadFields('project'),
  Project: {
    ...plain<ProjectRecord>(
      'id',
      'name',
      'description',
      'content',
      'slugId',
      'createdAt',
      'updatedAt',
      'archivedAt',
    ),
    url: (project: ProjectRecord, _: unknown, { database }: Context) => projectUrl(database, project),
    creator: ({ creatorId }: ProjectRecord, _: unknown, { database }: Context) =>
      database.find('users', creatorId),
    teams: ({ teamIds }: ProjectRecord, args: PageArguments, { database }: Context) =>
      connectionOf(
        database.state.teams.filter(({ id }) => teamIds.includes(id)),
        args,
        { type: 'TeamFilter', keys: teamFilter },
      ),
    issues: (project: ProjectRecord, args: PageArguments, context: Context) =>
      connectionOf(
        context.database.state.issues.filter(({ projectId }) => projectId === project.id),
        args,
        { type: 'IssueFilter', keys: issueFilter(context) },
      ),
    documents: (project: ProjectRecord, args: PageArguments, context: Context) =>
      connectionOf(
        context.database.state.documents.filter(({ projectId }) => projectId === project.id),
        args,
        { type: 'DocumentFilter', keys: documentFilter(context) },
      ),
  },
}
