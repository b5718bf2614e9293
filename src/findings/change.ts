import { defineFindings } from './define-findings.ts'

export const CHANGE = defineFindings({
  'change/archived-twin': {
    message: ({ archive }: { archive: string }) =>
      `The change is archived as ${archive}, but its active directory still exists. opsx uses the archive.`,
    fix: 'Remove the active directory, or reopen the archived change: opsx reopen <change> --reason "why"',
  },
  'change/unreadable': {
    message: ({ reason }: { reason: string }) => `The change cannot be read: ${reason}.`,
    fix: 'Make its files readable. Other changes are not affected.',
  },
  'schema/unknown': {
    message: ({ schema }: { schema: string }) =>
      `Schema "${schema}" is not built in, and openspec/schemas/ does not contain it.`,
    fix: 'Correct the name in .openspec.yaml or config.yaml, or add the schema.',
  },
})
