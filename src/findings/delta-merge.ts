import { defineFindings } from './define-findings.ts'

/** Problems of merging a delta spec into its main spec. */
export const DELTA_MERGE = defineFindings({
  'delta/capability-typo': {
    message: ({ capability, meant }: { capability: string; meant: string }) =>
      `The capability "${capability}" does not exist, but "${meant}" differs by one letter.`,
    fix: ({ meant }) => `Rename the directory to ${meant}, or give a new capability a more distinct name.`,
  },
  'delta/no-base': {
    message: ({ capability, section }: { capability: string; section: string }) =>
      `${section} needs a main spec, but ${capability} has none.`,
    fix: 'Use ADDED for a new capability, or correct the directory name.',
  },
  'delta/broken-base': {
    message: ({ spec, line }: { spec: string; line: number }) =>
      `The main spec ${spec} is broken at line ${line}, so nothing can be merged into it.`,
    fix: 'Repair the main spec first.',
  },
  'delta/not-found': {
    message: ({ requirement, section, meant }: Record<'requirement' | 'section' | 'meant', string>) =>
      `${section} names "${requirement}", but the main spec has no such requirement${meant === '' ? '' : `; it has "${meant}"`}.`,
    fix: 'Copy the name from the main spec exactly.',
  },
  'delta/exists': {
    message: ({ requirement }: { requirement: string; section: string }) =>
      `ADDED requirement "${requirement}" is already in the main spec, with other text.`,
    fix: 'Use MODIFIED to change it, or choose another name.',
  },
  'delta/near-name': {
    message: ({ requirement, section, existing }: Record<'requirement' | 'section' | 'existing', string>) =>
      `${section} would add "${requirement}", but "${existing}" exists already.`,
    fix: 'Use MODIFIED with the exact name, or choose a more distinct name.',
  },
  'delta/other-spelling': {
    message: ({ name }: { name: string }) =>
      `"${name}" is in the main spec in another Unicode form; OpenSpec treats the two as different.`,
    fix: 'Copy the name from the main spec.',
  },
  'delta/drops-scenario': {
    message: ({ requirement, scenarios }: { requirement: string; scenarios: string }) =>
      `MODIFIED "${requirement}" would remove scenarios from the main spec: ${scenarios}.`,
    fix: 'Copy them into the requirement. Mark a renamed one with <!-- renamed-from: Old name -->.',
  },
  'delta/unknown-scenario': {
    message: ({ requirement, scenario }: { requirement: string; scenario: string }) =>
      `A scenario of "${requirement}" is renamed from "${scenario}", but the main spec has no such scenario.`,
    fix: 'Copy the old name from the main spec, or remove the comment.',
  },
  'delta/drops-text': {
    message: ({ requirement, text, line }: { requirement: string; text: string; line: number }) =>
      `The merge of "${requirement}" would remove line ${line} of the main spec: ${text}`,
    fix: 'Copy the line into the delta, or move it out of the requirement in the main spec.',
  },
  'delta/empties-spec': {
    message: ({ capability }: { capability: string }) =>
      `The merge would leave ${capability} without a requirement.`,
    fix: 'If the capability ends, set retire_capabilities: true in .openspec.yaml. Otherwise keep a requirement.',
  },
  'delta/lost-text': {
    message: ({ capability, text, line }: { capability: string; text: string; line: number }) =>
      `The merge into ${capability} would lose line ${line}: ${text}`,
    fix: 'Move the line in the main spec, or copy it into the delta.',
  },
  'delta/base-moved': {
    message: ({ requirement, part, collision }: Record<'requirement' | 'part' | 'collision', string>) => {
      const what = part === '' ? `"${requirement}"` : `"${part}" of "${requirement}"`
      if (collision === 'removes') return `${what} changed in the main spec since this delta removed it.`
      const how =
        collision === 'reverts' ? 'the delta would restore the old text' : 'the delta changes it too'
      return `${what} changed in the main spec since this delta was written, and ${how}.`
    },
    fix: 'Copy the new text into the delta, remove base.lock.json, then run opsx verify <change> --write.',
  },
  'delta/base-lock': {
    message: ({ reason }: { reason: string }) => `base.lock.json cannot be read: ${reason}.`,
    fix: 'Remove the file, then run opsx verify <change> --write to create a new one.',
  },
  'delta/overlap-new': {
    message: ({ requirement, capability, others }: Record<'requirement' | 'capability' | 'others', string>) =>
      `"${requirement}" is also added to ${capability} by ${others}.`,
    fix: 'Add it in one change only; the second archive would be refused.',
  },
  'delta/overlap-scenario': {
    message: ({ requirement, scenarios, others }: Record<'requirement' | 'scenarios' | 'others', string>) =>
      `"${requirement}" is also changed by ${others}: ${scenarios}.`,
    fix: 'Agree on one text, or archive one change and update the other.',
  },
  'delta/overlap-requirement': {
    message: ({ requirement, others }: { requirement: string; others: string }) =>
      `"${requirement}" is also changed by ${others}, in another part.`,
    fix: 'After the first archive, copy its text into the other delta.',
  },
})
